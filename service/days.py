"""Days that people enter about what has happened."""

from datetime import date

from service.errors import UnusableEntry


def refuse_future(today: date, **days: date | None) -> None:
    """Raise UnusableEntry for the first of these entries that lies after ``today`` (Berlin)."""
    for field, day in days.items():
        if day is not None and day > today:
            raise UnusableEntry(field, "in-the-future")


def refuse_before(first: date | None, code: str, **days: date | None) -> None:
    """Raise UnusableEntry, with that code, for the first of these entries before ``first``."""
    for field, day in days.items():
        if first is not None and day is not None and day < first:
            raise UnusableEntry(field, code)
