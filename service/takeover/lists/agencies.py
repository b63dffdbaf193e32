"""A list of agencies, row by row: what to enter, what to change, and what is wrong.

Of an agency that is here already, name, addresses and room may change, and places may be added.
Its legal area stays, no place is taken away and nobody is put off board: requests rest on these.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from service.agencies.capacity import Capacity
from service.agencies.legal_areas import LEGAL_AREAS, name_of_legal_area
from service.agencies.repository import AgencyRow, NewAgency
from service.takeover.lists.agency_columns import AGENCY_COLUMNS
from service.takeover.lists.choices import find, quoted, similar
from service.takeover.lists.entries import Entries
from service.takeover.lists.faults import Fault
from service.takeover.lists.places import municipality_called
from service.takeover.lists.surroundings import Surroundings
from service.takeover.lists.values import NotADay, day_of, plain
from service.takeover.sheets.reading import Sheet

KEY = re.compile(r"[a-z][a-z0-9-]{1,59}")
ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")
YES = frozenset({"ja", "j", "x", "yes", "y", "true", "wahr", "1"})
NO = frozenset({"nein", "n", "no", "false", "falsch", "0"})
EVERYWHERE = frozenset({"alle", "allegemeinden", "all"})
FREE = frozenset({"frei", "freieplaetze", "ja", "available", "free"})
FULL = frozenset({"voll", "belegt", "keine", "nein", "full"})


@dataclass
class CheckedAgencies:
    """What a list comes to. ``same``: rows that are here exactly like this."""

    new: list[NewAgency] = field(default_factory=list)
    changed: list[NewAgency] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0


def check_agencies(sheet: Sheet, here: Surroundings) -> CheckedAgencies:
    """Check every row. A faulty row stops only itself."""
    checked = CheckedAgencies()
    headings = {column.key: column.heading for column in AGENCY_COLUMNS} | sheet.headings
    known = {agency.key: agency for agency in here.agencies}
    seen: dict[str, int] = {}
    for record in sheet.records:
        entries = Entries(record, headings, here.today)
        agency = _agency(entries, here, known, seen)
        checked.faults += entries.faults
        if agency is None or entries.faults:
            continue
        before = known.get(agency.key)
        if before is None:
            checked.new.append(agency)
        elif _new(before) == agency:
            checked.same += 1
        else:
            checked.changed.append(agency)
    return checked


def _agency(
    entries: Entries, here: Surroundings, known: Mapping[str, AgencyRow], seen: dict[str, int]
) -> NewAgency | None:
    key = _key(entries, seen)
    before = known.get(key) if key else None
    name = entries.needed("name")
    legal_area = _legal_area(entries, here, before)
    municipalities = _municipalities(entries, here, before)
    on_board = _on_board(entries, before)
    address = _address(entries) or (before.queue_address if before else None)
    telephone = entries.text("telephone") or (before.telephone if before else None)
    fax = entries.text("fax") or (before.fax if before else None)
    if on_board and not address:
        entries.wrong("queue_address", "address-missing")
    if on_board is False and not telephone and not fax:
        entries.wrong("telephone", "unreachable")
    capacity, full_until = _capacity(entries, here, before)
    if key is None or legal_area is None or on_board is None:
        return None
    return NewAgency(
        key=key,
        name=name,
        legal_area=legal_area,
        municipalities=municipalities,
        on_board=on_board,
        queue_address=address,
        telephone=telephone,
        fax=fax,
        capacity=capacity,
        full_until=full_until,
    )


def _new(agency: AgencyRow) -> NewAgency:
    """Return what would be entered to get this agency."""
    return NewAgency(
        key=agency.key,
        name=agency.name,
        legal_area=agency.legal_area,
        municipalities=agency.municipalities,
        on_board=agency.on_board,
        queue_address=agency.queue_address,
        telephone=agency.telephone,
        fax=agency.fax,
        capacity=agency.capacity,
        full_until=agency.full_until,
    )


def _key(entries: Entries, seen: dict[str, int]) -> str | None:
    key = entries.needed("key")
    if not key:
        return None
    if not KEY.fullmatch(key):
        entries.wrong("key", "bad-key", value=key)
        return None
    if key in seen:
        entries.wrong("key", "key-twice", value=key, other=str(seen[key]))
        return None
    seen[key] = entries.row
    return key


def _legal_area(entries: Entries, here: Surroundings, before: AgencyRow | None) -> str | None:
    typed = entries.needed("legal_area")
    if not typed:
        return None
    names = {name: key for key, texts in LEGAL_AREAS.items() for name in (key, texts.de, texts.en)}
    found = find(typed, names)
    if found is None:
        shown = [texts.in_language(here.language) for texts in LEGAL_AREAS.values()]
        choices = similar(typed, shown, here.language)
        entries.wrong("legal_area", "unknown-legal-area", value=typed, choices=choices)
    elif before and before.legal_area != found:
        name = name_of_legal_area(before.legal_area, here.language)
        entries.wrong("legal_area", "legal-area-fixed", here=name)
    return found


def _municipalities(entries: Entries, here: Surroundings, before: AgencyRow | None) -> list[str]:
    typed = entries.needed("municipalities", most=4000)
    if plain(typed) in EVERYWHERE:
        return sorted(row.ags for row in here.municipalities)
    found: set[str] = set()
    for name in filter(None, (part.strip() for part in re.split(r"[;,]", typed))):
        row = municipality_called(name, here)
        if row is None:
            choices = similar(name, [one.name for one in here.municipalities], here.language)
            entries.wrong("municipalities", "unknown-municipality", value=name, choices=choices)
        else:
            found.add(row.ags)
    if before and (left := set(before.municipalities) - found) and typed:
        names = [row.name for row in here.municipalities if row.ags in left]
        entries.wrong("municipalities", "municipality-stays", here=quoted(names, here.language))
    return sorted(found)


def _on_board(entries: Entries, before: AgencyRow | None) -> bool | None:
    typed = plain(entries.text("on_board"))
    if not typed:
        return before.on_board if before else False
    if typed in NO and before and before.on_board:
        entries.wrong("on_board", "stays-on-board")
    if typed in YES | NO:
        return typed in YES
    entries.wrong("on_board", "yes-or-no", value=entries.text("on_board"))
    return None


def _address(entries: Entries) -> str:
    address = entries.text("queue_address")
    if address and not ADDRESS.fullmatch(address):
        entries.wrong("queue_address", "bad-address", value=address)
    return address


def _capacity(
    entries: Entries, here: Surroundings, before: AgencyRow | None
) -> tuple[Capacity, date | None]:
    typed = entries.text("capacity")
    word = plain(typed)
    if not word:
        return (before.capacity, before.full_until) if before else (Capacity.AVAILABLE, None)
    if word in FREE:
        return Capacity.AVAILABLE, None
    if word in FULL:
        return Capacity.FULL, None
    until = re.sub(r"^(voll|belegt|full)?\s*(bis|until)?\s*", "", typed, flags=re.IGNORECASE)
    try:
        return Capacity.FULL, day_of(until, here.today)
    except NotADay:
        entries.wrong("capacity", "bad-capacity", value=typed)
        return Capacity.AVAILABLE, None
