"""From a file to the rows below its headings."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.takeover.sheets.delimited import read_delimited
from service.takeover.sheets.kinds import Kind, kind_of
from service.takeover.sheets.limits import HEADINGS_WITHIN, MOST_BYTES
from service.takeover.sheets.refusals import FileRefused
from service.takeover.sheets.table import Line, Value
from service.takeover.sheets.workbook import read_workbook
from service.web.text import shortened

LIKELY_HEADINGS = 3
"""A row with so many known headings is taken for the row of headings."""


@dataclass(frozen=True)
class Column:
    """A column that a list may have. ``heading``: what the template calls it."""

    key: str
    heading: str
    synonyms: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Record:
    """A row with its values by column key."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Sheet:
    """What was found: rows with content, headings by key, and headings that nobody knows."""

    records: list[Record]
    headings: dict[str, str]
    ignored: list[str]


def read_sheet(content: bytes, columns: Sequence[Column]) -> Sheet:
    """Read the first visible sheet that has such columns. Raises FileRefused."""
    if len(content) > MOST_BYTES:
        raise FileRefused("too-large", limit=str(MOST_BYTES // 1_000_000))
    known = {_plain(name): one for one in columns for name in (one.heading, *one.synonyms, one.key)}
    for lines in _sheets(content):
        for position, line in enumerate(lines[:HEADINGS_WITHIN]):
            if len(_found(line, known)) >= LIKELY_HEADINGS:
                return _sheet(line, lines[position + 1 :], known, columns)
    examples = ", ".join(one.heading for one in columns if one.required)
    raise FileRefused("no-headings", headings=examples)


def _sheets(content: bytes) -> Iterable[list[Line]]:
    if kind_of(content) is Kind.WORKBOOK:
        return read_workbook(content)
    return [list(read_delimited(content))]


def _sheet(
    headings: Line, below: Iterable[Line], known: Mapping[str, Column], columns: Sequence[Column]
) -> Sheet:
    found = _found(headings, known)
    by_key: dict[str, int] = {}
    for position, column in found.items():
        if column.key in by_key:
            both = (headings.values[by_key[column.key]], headings.values[position])
            raise FileRefused("heading-twice", headings=", ".join(map(_shown, both)))
        by_key[column.key] = position
    missing = [one.heading for one in columns if one.required and one.key not in by_key]
    if missing:
        raise FileRefused("headings-missing", row=str(headings.number), headings=", ".join(missing))
    records = [_record(line, by_key) for line in below if not line.is_empty]
    if not records:
        raise FileRefused("no-rows")
    return Sheet(
        records=records,
        headings={key: _shown(headings.values[at]) for key, at in by_key.items()},
        ignored=[
            _shown(value)
            for at, value in enumerate(headings.values)
            if isinstance(value, str) and value.strip() and at not in found
        ],
    )


def _shown(heading: Value) -> str:
    return shortened(str(heading).strip())


def _record(line: Line, by_key: Mapping[str, int]) -> Record:
    values = {key: line.values[at] if at < len(line.values) else None for key, at in by_key.items()}
    return Record(line.number, values)


def _found(line: Line, known: Mapping[str, Column]) -> dict[int, Column]:
    names = {at: _plain(one) for at, one in enumerate(line.values) if isinstance(one, str)}
    return {at: known[name] for at, name in names.items() if name in known}


def _plain(heading: str) -> str:
    """Return a heading without what people write differently: case, umlauts, dots, blanks."""
    spelled = heading.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelled = spelled.replace(umlaut, letters)
    decomposed = unicodedata.normalize("NFKD", spelled)
    return re.sub(r"[^a-z0-9]", "", decomposed)
