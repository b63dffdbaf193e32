"""A table as people filled it in: its values, and where the headings stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Unreadable(StrEnum):
    """A cell that has no value that could be taken at face value."""

    FORMULA = "formula-without-value"
    """A formula whose result is not in the file: no program has calculated it."""
    ERROR = "cell-error"
    """A formula whose result is an error, such as #REF!."""
    MERGED = "merged-cells"
    """Part of merged cells: nobody can tell which row their value belongs to."""


Value = str | int | float | bool | datetime | date | time | timedelta | Unreadable | None


@dataclass(frozen=True)
class Line:
    """One row of a table. ``number``: counted from 1, as the spreadsheet shows it."""

    number: int
    values: Sequence[Value]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in it."""
        return all(
            value is None or (isinstance(value, str) and not value.strip()) for value in self.values
        )
