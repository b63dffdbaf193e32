"""Reading CSV: any delimiter, any encoding."""

import csv
import io
from collections.abc import Iterator

from service.takeover.sheets.encodings import decode
from service.takeover.sheets.limits import HEADINGS_WITHIN, MOST_COLUMNS, MOST_ROWS
from service.takeover.sheets.refusals import FileRefused
from service.takeover.sheets.table import Line

DELIMITERS = ";,\t|"


def read_delimited(content: bytes) -> Iterator[Line]:
    """Return the rows, with their number as a spreadsheet shows it. Raises FileRefused."""
    text = decode(content)
    hint, _, below = text.partition("\n")
    if hint.strip().lower().startswith("sep=") and len(hint.strip()) == len("sep=;"):
        return _rows(below, hint.strip()[-1], first=2)
    return _rows(text, _delimiter_of(text), first=1)


def _rows(text: str, delimiter: str, first: int) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, values in enumerate(reader, start=first):
            if number > MOST_ROWS:
                raise FileRefused("too-many-rows", limit=str(MOST_ROWS))
            yield Line(number, values[:MOST_COLUMNS])
    except csv.Error:
        raise FileRefused("not-a-table") from None


def _delimiter_of(text: str) -> str:
    """Return the delimiter that cuts the first rows into most columns."""
    top = "\n".join(text.splitlines()[:HEADINGS_WITHIN])
    return max(DELIMITERS, key=lambda one: _widest(top, one))


def _widest(top: str, delimiter: str) -> int:
    try:
        return max(
            (len(row) for row in csv.reader(io.StringIO(top), delimiter=delimiter)), default=0
        )
    except csv.Error:
        return 0
