"""The ledger takes each event once and loudly refuses what cannot be."""

import pytest
from sqlalchemy import select
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.ledger import LedgerActivities
from activities.ports import LedgerConflict
from service.ledger.ledger import PostgresLedger
from service.ledger.states import States
from service.ledger.tables import events
from tests import cast
from tests.world import World
from workflows.activity_options import LEDGER_CONFLICT
from workflows.domain.actions import Action
from workflows.domain.acts import ReferralAct
from workflows.domain.case import assign_case
from workflows.domain.case_acts import Assign
from workflows.domain.referral import apply
from workflows.messages import CaseEntry, ReferralEntry


async def test_the_same_entry_again_gets_the_same_receipt(working: World) -> None:
    entry = await _nudge(working, "cause")
    ledger = PostgresLedger(working.container.database)

    first = await ledger.record_referral(entry)
    second = await ledger.record_referral(entry)

    assert first == second
    assert not second.earlier


async def test_the_same_cause_under_another_number_is_answered_with_the_first(
    working: World,
) -> None:
    entry = await _nudge(working, "cause")
    ledger = PostgresLedger(working.container.database)
    first = await ledger.record_referral(entry)
    event = entry.event.model_copy(update={"seq": entry.event.seq + 1})
    state = entry.state.model_copy(update={"seq": event.seq})

    again = await ledger.record_referral(ReferralEntry(event=event, state=state))

    assert (again.seq, again.earlier) == (first.seq, True)


async def test_a_number_that_is_taken_or_skipped_is_a_loud_error(working: World) -> None:
    ledger = PostgresLedger(working.container.database)
    await ledger.record_referral(await _nudge(working, "cause"))
    taken = await _nudge(working, "another cause", seq=2)
    skipped = await _nudge(working, "a third cause", seq=9)

    with pytest.raises(LedgerConflict):
        await ledger.record_referral(taken)
    with pytest.raises(LedgerConflict):
        await ledger.record_referral(skipped)
    with pytest.raises(ApplicationError) as loud:
        await ActivityEnvironment().run(LedgerActivities(ledger).record_referral, taken)
    assert loud.value.type == LEDGER_CONFLICT
    assert loud.value.non_retryable


async def test_a_case_entry_out_of_turn_is_a_loud_error_too(working: World) -> None:
    case_id = await working.open_case()
    ledger = PostgresLedger(working.container.database)
    now = working.container.clock.now()
    async with working.container.database.transaction() as connection:
        state = await States(connection).case(cast.ANNA, now, case_id)
    assert state
    assign = Assign(actor=cast.STEFAN, case_manager=cast.ANNA.user_id)
    late, event = assign_case(state.model_copy(update={"seq": 7}), assign, "cause", now)

    with pytest.raises(ApplicationError) as loud:
        await ActivityEnvironment().run(
            LedgerActivities(ledger).record_case, CaseEntry(event=event, state=late)
        )
    assert loud.value.type == LEDGER_CONFLICT


async def test_an_entry_that_fails_leaves_nothing_behind(working: World) -> None:
    entry = await _nudge(working, "cause")
    broken = entry.model_copy(
        update={"state": entry.state.model_copy(update={"claimed_by": cast.OFFICE_A})}
    )
    ledger = PostgresLedger(working.container.database)

    with pytest.raises(LedgerConflict, match="referrals_claimed_by_fkey"):
        await ledger.record_referral(broken)

    async with working.container.database.transaction() as connection:
        found = await connection.scalars(select(events.c.seq).where(events.c.cause == "cause"))
        assert list(found) == []


async def _nudge(world: World, cause: str, seq: int | None = None) -> ReferralEntry:
    """Return the entry that a nudge would make; the first call sends the referral."""
    container = world.container
    now = container.clock.now()
    case_id = await world.open_case(key="the case")
    referral_id = await world.refer(case_id, key="the referral")
    async with container.database.transaction() as connection:
        state = await States(connection).referral(cast.ANNA, now, referral_id)
    assert state
    if seq is not None:
        state = state.model_copy(update={"seq": seq - 1})
    act = ReferralAct(action=Action.NUDGE, actor=cast.ANNA)
    after, event = apply(state, act, cause, now, None)
    return ReferralEntry(event=event, state=after)
