"""Reading XLSX: the visible sheets, cell by cell, whatever date system the workbook counts in.

Of a formula its last calculated result counts, as people see it on the screen. Rows with merged
cells are marked: it is unclear which of them a value belongs to.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell

from service.takeover.sheets.limits import (
    MOST_BYTES_UNPACKED,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
)
from service.takeover.sheets.merged import Merged, merged_on
from service.takeover.sheets.refusals import FileRefused
from service.takeover.sheets.table import Line, Unreadable, Value

_FORMULA = "f"
_ERROR = "e"


@dataclass(frozen=True)
class _Raw:
    """A row as openpyxl reads it, with the columns whose values have to be looked up."""

    line: Line
    formulas: tuple[int, ...]


def read_workbook(content: bytes) -> Iterator[list[Line]]:
    """Return the rows of each visible sheet. Raises FileRefused."""
    _check_size(content)
    try:
        yield from _sheets(content)
    except FileRefused:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it stumble on
        raise FileRefused("damaged") from None


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MOST_BYTES_UNPACKED:
        raise FileRefused("too-large-unpacked", limit=str(MOST_BYTES_UNPACKED // 1_000_000))


def _sheets(content: bytes) -> Iterator[list[Line]]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    visible = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if len(visible) > MOST_SHEETS:
        raise FileRefused("too-many-sheets", limit=str(MOST_SHEETS))
    rows_read = 0
    for title in visible:
        rows = _rows(content, title)
        rows_read += len(rows)
        if rows_read > MOST_ROWS:
            raise FileRefused("too-many-rows", limit=str(MOST_ROWS))
        merged = merged_on(content, title)
        yield [_marked(line, merged) for line in rows]


def _rows(content: bytes, title: str) -> list[Line]:
    raw = list(_raw(content, title))
    if not any(row.formulas for row in raw):
        return [row.line for row in raw]
    results = [row.line.values for row in _raw(content, title, results=True)]
    return [_with_results(row, seen) for row, seen in zip(raw, results, strict=True)]


def _raw(content: bytes, title: str, *, results: bool = False) -> Iterator[_Raw]:
    workbook = load_workbook(
        io.BytesIO(content), read_only=True, data_only=results, keep_links=False
    )
    sheet = workbook[title]
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise FileRefused("too-many-rows", limit=str(MOST_ROWS))
        values = tuple(_value(cell) for cell in cells)
        formulas = tuple(column for column, cell in enumerate(cells) if cell.data_type == _FORMULA)
        yield _Raw(Line(number, values), formulas)


def _value(cell: Cell | MergedCell) -> Value:
    """Return the value; of a formula its text, which its result then replaces."""
    if cell.data_type == _ERROR:
        return Unreadable.ERROR
    value = cell.value
    return value if isinstance(value, Value) else str(value)


def _with_results(row: _Raw, seen: Sequence[Value]) -> Line:
    values = list(row.line.values)
    for column in row.formulas:
        values[column] = Unreadable.FORMULA if seen[column] is None else seen[column]
    return Line(row.line.number, values)


def _marked(line: Line, merged: list[Merged]) -> Line:
    touching = [one for one in merged if one.first_row <= line.number <= one.last_row]
    if not touching:
        return line
    width = max(len(line.values), *(one.last_column for one in touching))
    values = [*line.values, *([None] * (width - len(line.values)))][:MOST_COLUMNS]
    for one in touching:
        for column in range(one.first_column, min(one.last_column, MOST_COLUMNS) + 1):
            values[column - 1] = Unreadable.MERGED
    return Line(line.number, values)
