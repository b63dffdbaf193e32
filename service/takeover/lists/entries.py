"""One row being read: values come out, and what is wrong is noted on the way."""

from collections.abc import Mapping
from datetime import date

from service.takeover.lists.faults import Fault
from service.takeover.lists.values import NotADay, as_day, as_paragraphs, as_text, day_of
from service.takeover.sheets.reading import Record
from service.takeover.sheets.table import Unreadable, Value
from service.web.text import LONGEST_LINE, shortened

EARLIEST = date(2000, 1, 1)
"""No case that still runs began before this day; an earlier year is a slip of the pen."""


class Entries:
    """A row. The first fault of each column is kept."""

    def __init__(self, record: Record, headings: Mapping[str, str], today: date) -> None:
        """Take the row, the headings of its columns, and today's date in Berlin."""
        self.row = record.number
        self._values = record.values
        self._headings = headings
        self._today = today
        self._faults: dict[str, Fault] = {}

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with the row, in the order in which it was found."""
        return list(self._faults.values())

    def heading(self, key: str) -> str:
        """Return what the list calls the column."""
        return self._headings[key]

    def is_wrong(self, *keys: str) -> bool:
        """Tell whether a fault was noted for any of the columns."""
        return any(key in self._faults for key in keys)

    def wrong(self, key: str, code: str, **params: str) -> None:
        """Note a fault. What is quoted is cut: a report is read by people."""
        quoted = {name: shortened(text) for name, text in params.items()}
        self._faults.setdefault(key, Fault(self.row, self.heading(key), code, quoted))

    def is_filled(self, key: str) -> bool:
        """Tell whether anything stands in the cell."""
        value = self._values.get(key)
        return isinstance(value, Unreadable) or bool(as_text(value))

    def text(self, key: str, most: int = LONGEST_LINE) -> str:
        """Return the cell as one line; empty if it cannot be used."""
        return self._bounded(key, as_text(self._value(key)), most)

    def paragraphs(self, key: str, most: int) -> str:
        """Return the cell as text with its line breaks; empty if it cannot be used."""
        return self._bounded(key, as_paragraphs(self._value(key)), most)

    def needed(self, key: str, most: int = LONGEST_LINE) -> str:
        """Return the cell as one line; that it is empty is a fault."""
        text = self.text(key, most)
        if not text:
            self.wrong(key, "missing")
        return text

    def day(self, key: str, earliest: date = EARLIEST) -> date | None:
        """Return the day that has passed, or None."""
        return self.past(key, self.any_day(key), earliest)

    def past(self, key: str, day: date | None, earliest: date = EARLIEST) -> date | None:
        """Return a day that was read for this column if it has passed; otherwise note a fault."""
        if day and day > self._today:
            self.wrong(key, "in-the-future", value=as_day(day))
            return None
        if day and day < earliest:
            self.wrong(key, "too-long-ago", value=as_day(day), earliest=as_day(earliest))
            return None
        return day

    def any_day(self, key: str, *, of_birth: bool = False) -> date | None:
        """Return the day, in the future as well, or None."""
        value = self._value(key)
        try:
            return day_of(value, self._today, of_birth=of_birth)
        except NotADay as fault:
            self.wrong(key, fault.code, value=as_text(value))
            return None

    def _value(self, key: str) -> Value:
        value = self._values.get(key)
        if isinstance(value, Unreadable):
            self.wrong(key, value)
            return None
        return value

    def _bounded(self, key: str, text: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.wrong(key, "too-long", most=str(most))
        return ""
