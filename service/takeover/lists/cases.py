"""A list of cases, row by row: cases to take over, and what is wrong with the other rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from service.cases.schemas import NewMember
from service.takeover.lists.case_columns import ABOUT_THE_PATH, CASE_COLUMNS
from service.takeover.lists.entries import Entries
from service.takeover.lists.faults import Fault
from service.takeover.lists.people import case_manager_of, member_of
from service.takeover.lists.places import municipality_of
from service.takeover.lists.progress import progress_of
from service.takeover.lists.requests import refuse_request, request_of
from service.takeover.lists.standings import Standing
from service.takeover.lists.stories import story_of
from service.takeover.lists.surroundings import Surroundings
from service.takeover.lists.values import plain
from service.takeover.models import TakenOverCase
from service.takeover.sheets.reading import Sheet

LONGEST_REFERENCE = 60
EXAMPLE = "beispiel"
"""The reference of the template's example, which is never taken over."""
MOST_MEMBERS = 20


@dataclass(frozen=True)
class ListedCase:
    """A case of the list that can be taken over, with the rows that tell of it."""

    rows: tuple[int, ...]
    office: UUID
    reference: str
    story: TakenOverCase


@dataclass
class CheckedCases:
    """What a list comes to. ``known``: rows of cases that were taken over before."""

    rows: int = 0

    cases: list[ListedCase] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    known: int = 0


def check_cases(sheet: Sheet, here: Surroundings, now: datetime) -> CheckedCases:
    """Check every row. A faulty row stops only itself, and the household that it belongs to."""
    checked = CheckedCases()
    headings = {column.key: column.heading for column in CASE_COLUMNS} | sheet.headings
    rows = [
        entries
        for record in sheet.records
        if plain((entries := Entries(record, headings, here.today)).text("reference")) != EXAMPLE
    ]
    checked.rows = len(rows)
    for household in _households(rows):
        _check_household(household, here, now, checked)
    checked.faults += [fault for entries in rows for fault in entries.faults]
    checked.faults.sort(key=lambda fault: fault.row)
    return checked


def _households(rows: Sequence[Entries]) -> Iterator[list[Entries]]:
    """Group the rows by reference; the row with the path comes first."""
    groups: dict[str, list[Entries]] = {}
    for entries in rows:
        reference = entries.needed("reference", LONGEST_REFERENCE)
        groups.setdefault(reference or f"row {entries.row}", []).append(entries)
    for group in groups.values():
        with_path = [one for one in group if any(map(one.is_filled, ABOUT_THE_PATH))]
        for twice in with_path[1:]:
            value, other = twice.text("reference"), str(with_path[0].row)
            twice.wrong("reference", "reference-twice", value=value, other=other)
        first = with_path[0] if with_path else group[0]
        yield [first, *(one for one in group if one is not first and one not in with_path)]


def _check_household(
    household: list[Entries], here: Surroundings, now: datetime, checked: CheckedCases
) -> None:
    first = household[0]
    reference = first.text("reference", LONGEST_REFERENCE)
    manager = case_manager_of(first, here)
    if manager and (manager.office.id, reference) in here.taken_over:
        checked.known += len(household)
        return
    place = municipality_of(first, here, here.office or (manager.office if manager else None))
    members = [member_of(one, here) for one in household]
    born = members[0].birth_date if members[0] else None
    progress = progress_of(first, here, born)
    request = None
    if progress and progress.standing is Standing.DUE:
        refuse_request(first)
    elif progress:
        request = request_of(first, here, progress, place)
    if len(household) > MOST_MEMBERS:
        household[MOST_MEMBERS].wrong("reference", "household-too-large", most=str(MOST_MEMBERS))
    if at_fault := next((one for one in household if one.faults), None):
        _hold_back(household, at_fault)
        return
    if manager is None or place is None or progress is None:
        raise AssertionError("a row without a fault says everything")
    people: tuple[NewMember, ...] = tuple(one for one in members if one)
    story = story_of(reference, place.ags, manager, people, progress, request, now)
    checked.cases.append(
        ListedCase(
            rows=tuple(one.row for one in household),
            office=manager.office.id,
            reference=reference,
            story=story,
        )
    )


def _hold_back(household: list[Entries], at_fault: Entries) -> None:
    for one in household:
        if not one.faults:
            one.wrong("reference", "household-at-fault", other=str(at_fault.row))
