"""A past that is written at once leaves the same rows as one that is written entry by entry."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.calendar import AgencyCalendar
from service.cases.draft import Draft, write_drafts
from service.cases.tables import cases, notes, steps
from service.gaps.tables import gaps
from service.ledger.ledger import write_case_entry, write_referral_entry
from service.ledger.past import write_past
from service.ledger.tables import events, workflow_states
from service.referrals.tables import access, clock_spans, conferences, referrals
from service.takeover.known import look_up
from service.takeover.past import LivedCase, live_again
from tests.takeover.stories import HAPPY_LIFE, MONDAY, MUCH_LATER, SGB_X, story
from tests.world import World
from workflows.domain.case_state import CaseState
from workflows.messages import CaseEntry

REFERRED, _, _, ACCEPTED, _, _, _ = HAPPY_LIFE
REJECTED = {"action": "reject", "day": 20, "actor": "clara", "reason": "no-capacity"}
WAIVED = {"action": "waive", "day": 22, "actor": "anna", "reason": "client-declined"}
REDIRECTED = {"action": "redirect", "day": 2, "actor": "clara", "agency": "other-agency"}
BOUNCED_TWICE = [REFERRED, REDIRECTED, REFERRED | {"day": 3}, REDIRECTED | {"day": 4}]
CONFERRED = {
    "action": "confer",
    "day": 5,
    "actor": "anna",
    "next_step": "formal-application",
    "note": "Keine Einigung. Es wird förmlich beantragt.",
}
CLOSED = {"action": "close", "day": 3, "actor": "anna", "outcome": "contact-lost"}
REOPENED = {"action": "reopen", "day": 9, "actor": "anna"}
TABLES = (
    cases,
    steps,
    referrals,
    access,
    events,
    workflow_states,
    clock_spans,
    gaps,
    conferences,
)

LIVES = {
    "a happy life": HAPPY_LIFE,
    "nothing at all": [],
    "no answer": [REFERRED],
    "a late refusal that nobody follows": [REFERRED, REJECTED],
    "a late refusal, and another try": [REFERRED, REJECTED, REFERRED | {"day": 21}],
    "a late refusal, and left out": [REFERRED, REJECTED, WAIVED],
    "taken back": [REFERRED, {"action": "cancel", "day": 1, "actor": "anna"}],
    "a late answer": [REFERRED, ACCEPTED | {"day": 15}],
    "a question that is open": [
        REFERRED,
        {"action": "ask", "day": 1, "actor": "clara", "note": "Welche Leistung?"},
    ],
    "a missed appointment": [
        REFERRED,
        ACCEPTED,
        {
            "action": "appoint",
            "day": 3,
            "actor": "clara",
            "appointment": {"at": MONDAY + timedelta(days=7)},
        },
        {"action": "no-show", "day": 8, "actor": "clara"},
    ],
    "a dispute": [
        *HAPPY_LIFE,
        {"action": "dispute", "day": 9, "actor": "anna", "reason": "did-not-happen"},
    ],
    "confirmed": [*HAPPY_LIFE, {"action": "confirm", "day": 9, "actor": "anna"}],
    "one bounce": BOUNCED_TWICE[:2],
    "an open case conference": BOUNCED_TWICE,
    "a case conference that has ended": [*BOUNCED_TWICE, CONFERRED],
    "gone on after a case conference": [*BOUNCED_TWICE, CONFERRED, REFERRED | {"day": 6}],
    "gone on without the case conference": [*BOUNCED_TWICE, REFERRED | {"day": 6}],
    "a second case conference": [
        *BOUNCED_TWICE,
        CONFERRED,
        REFERRED | {"day": 6},
        REDIRECTED | {"day": 20},
    ],
    "closed": [CLOSED],
    "opened again, and sent on": [CLOSED, REOPENED, REFERRED | {"day": 10}],
    "offered to another office": [
        REFERRED,
        {"action": "transfer", "day": 1, "actor": "anna", "office": "office-b", "statute": SGB_X},
    ],
}

Rows = dict[str, list[dict[str, Any]]]


@pytest.mark.parametrize("acts", LIVES.values(), ids=LIVES)
async def test_both_ways_leave_the_same_rows(world: World, acts: list[dict[str, Any]]) -> None:
    case = story(*acts)
    async with world.container.database.transaction() as connection:
        known = (await look_up(connection, [case])).known_to(case)
    now = MUCH_LATER + timedelta(days=30)
    lived = await live_again(AgencyCalendar({}), case, known, uuid7(), now)

    async def one_by_one(connection: AsyncConnection) -> None:
        await _write_draft(connection, lived, lived.written.draft)
        for entry in lived.history.entries:
            if isinstance(entry, CaseEntry):
                await write_case_entry(connection, entry)
            else:
                await write_referral_entry(connection, entry)

    async def at_once(connection: AsyncConnection) -> None:
        await _write_draft(connection, lived, lived.history.case)
        await write_past(connection, [lived.history.entries])

    assert await _rows_after(world, at_once) == await _rows_after(world, one_by_one)


async def _write_draft(connection: AsyncConnection, lived: LivedCase, state: CaseState) -> None:
    members = tuple(zip(lived.written.members, lived.case.household, strict=True))
    draft = Draft(state=state, municipality=lived.case.municipality, members=members, consents=())
    await write_drafts(connection, [draft])
    if lived.notes:
        await connection.execute(insert(notes), lived.notes)


async def _rows_after(world: World, write: Callable[[AsyncConnection], Awaitable[None]]) -> Rows:
    """Return what stands in the tables, without the ids that are made while writing."""
    async with world.container.database.transaction() as connection:
        await write(connection)
        found: Rows = {}
        for table in TABLES:
            rows = [dict(row) for row in (await connection.execute(select(table))).mappings()]
            if table in {access, gaps}:
                rows = [row | {"id": None} for row in rows]
            found[table.name] = sorted(rows, key=str)
        await connection.rollback()
    return found
