"""What stops an act before the engine hears of it. The web turns each into words."""


class NotFound(Exception):
    """There is no such thing, or not for this principal: both look the same."""


class UnusableEntry(Exception):
    """An entry names something that does not exist: ``field`` and ``code`` say which and what."""

    def __init__(self, field: str, code: str) -> None:
        """Take the field's name and the code of the fault."""
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code
