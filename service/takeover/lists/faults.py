"""What can be wrong with a row: for each fault what is wrong, and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.takeover.lists.fault_words import FAULTS
from service.web.i18n import Translator


@dataclass(frozen=True)
class Fault:
    """One fault. ``column``: its heading as the list has it; ``params`` fill the sentences."""

    row: int
    column: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, t: Translator) -> str:
        """Say what is wrong."""
        return t(FAULTS[self.code][0], **self.params)

    def remedy(self, t: Translator) -> str:
        """Say what to write instead."""
        return t(FAULTS[self.code][1], **self.params)
