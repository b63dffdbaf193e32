"""The dry run: a file is read and every row checked, down to the rules that its case lives by."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from uuid_utils.compat import uuid7

from service.bootstrap import Container
from service.calendar import read_calendar
from service.takeover.errors import NotTakenOver
from service.takeover.known import look_up
from service.takeover.lists.case_columns import CASE_COLUMNS
from service.takeover.lists.cases import CheckedCases, ListedCase, check_cases
from service.takeover.lists.faults import Fault
from service.takeover.past import live_again
from service.takeover.repository import Takeovers
from service.takeover.sheets.reading import Sheet, read_sheet
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class CheckedList:
    """A list of cases, checked. Nothing has been written."""

    sheet: Sheet
    checked: CheckedCases


async def check_list(
    container: Container, principal: Principal, content: bytes, language: str
) -> CheckedList:
    """Check a file for the principal's office. Raises FileRefused."""
    now = container.clock.now()
    sheet = await asyncio.to_thread(read_sheet, content, CASE_COLUMNS)
    async with container.database.transaction() as connection:
        here = await Takeovers(connection).surroundings(principal, now, language)
    checked = await asyncio.to_thread(check_cases, sheet, here, now)
    await _live_each(container, checked, now)
    return CheckedList(sheet, checked)


async def _live_each(container: Container, checked: CheckedCases, now: datetime) -> None:
    """Live every case once, and move those that break a rule to the faults."""
    async with container.database.transaction() as connection:
        directory = await look_up(connection, [listed.story for listed in checked.cases])
        calendar = await read_calendar(connection)
    fine: list[ListedCase] = []
    for listed in checked.cases:
        await asyncio.sleep(0)  # other visitors are not kept waiting
        try:
            known = directory.known_to(listed.story)
            await live_again(calendar, listed.story, known, uuid7(), now)
        except NotTakenOver:
            checked.faults.append(against_the_rules(listed.rows[0]))
        else:
            fine.append(listed)
    checked.cases = fine
    checked.faults.sort(key=lambda fault: fault.row)


def against_the_rules(row: int) -> Fault:
    """Return the fault of a case that no other one explains."""
    return Fault(row, CASE_COLUMNS[0].heading, "against-the-rules")
