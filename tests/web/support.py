"""What the tests of the web share."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
ORIGIN = "http://nahtlos.test"


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.instant = START

    def now(self) -> datetime:
        return self.instant

    def forward(self, span: timedelta) -> None:
        self.instant += span


def csrf_token(page: str) -> str:
    """Return the token in a page's forms."""
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
