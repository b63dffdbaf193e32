"""The loop through the real engine: what each act leaves in the ledger."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement, Table, select, update

from service.agencies.tables import agencies
from service.cases.acting import assign_case
from service.cases.schemas import AssignCase
from service.cases.tables import steps
from service.database import Database
from service.gaps.tables import gaps
from service.ledger.tables import events
from service.notifications.tables import notifications
from service.referrals.tables import clock_spans, referrals
from tests import cast
from tests.engine.waiting import until_step
from tests.world import World, pathway
from workflows.domain.actions import Action
from workflows.domain.errors import IllegalMove, NotInvolved, StepNotDue
from workflows.domain.reasons import Reason
from workflows.names import case_workflow_id


async def test_a_step_goes_from_due_to_done_and_the_next_one_becomes_due(working: World) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)

    for action in (Action.RECEIVE, Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await working.act(referral_id, action)

    await until_step(working, case_id, "job-centre", "done")
    await until_step(working, case_id, "residence", "due")


async def test_the_sender_stays_responsible_until_the_person_has_arrived(working: World) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)

    await working.act(referral_id, Action.ACCEPT)
    accepted = await until_step(working, case_id, "job-centre", "referred")
    await working.act(referral_id, Action.ARRIVE)
    arrived = await until_step(working, case_id, "job-centre", "in-progress")

    assert accepted.responsible_id == cast.OFFICE_A
    assert arrived.responsible_id == cast.RECEIVER


async def test_a_step_shows_the_clock_of_its_referral_whatever_happens_in_the_case(
    working: World,
) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)
    to_anna = AssignCase(case_manager="anna")

    for number, action in enumerate((Action.ACCEPT, Action.ARRIVE, Action.FAIL)):
        reason = Reason.CLIENT_NOT_REACHED if action is Action.FAIL else None
        await working.act(referral_id, action, reason=reason)
        await assign_case(working.container, cast.STEFAN, case_id, to_anna, f"key {number}")
        assert await _step_clock(working, referral_id) == await _clock(working, referral_id)

    due = await until_step(working, case_id, "job-centre", "due")
    assert due.clock_party == "sender"
    assert await _step_clock(working, referral_id) == await _clock(working, referral_id)


async def test_a_rejected_step_is_referred_again_and_the_first_referral_is_settled(
    working: World,
) -> None:
    case_id = await working.open_case()
    first = await working.refer(case_id)
    await working.act(first, Action.REJECT, reason="no-capacity")
    await until_step(working, case_id, "job-centre", "due")

    second = await working.refer(case_id)

    async with working.container.database.transaction() as connection:
        rows = {
            row.id: row
            for row in await connection.execute(
                select(referrals).where(referrals.c.case_id == case_id)
            )
        }
    assert rows[second].predecessor_id == first
    assert rows[second].referred_at == rows[first].referred_at


async def test_an_illegal_move_is_refused_by_name_and_leaves_no_trace(working: World) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)

    with pytest.raises(IllegalMove):
        await working.act(referral_id, Action.COMPLETE)
    with pytest.raises(NotInvolved):
        await working.act(referral_id, Action.ACCEPT, actor=cast.ANNA)
    with pytest.raises(StepNotDue):
        await working.refer(case_id)

    async with working.container.database.transaction() as connection:
        actions = list(
            await connection.scalars(
                select(events.c.action).where(events.c.referral_id == referral_id)
            )
        )
    assert actions == ["request"]


async def test_a_silent_receiver_is_reminded_and_the_senders_supervisor_learns_of_the_gap(
    working: World,
) -> None:
    await working.publish(pathway("quick", respond="PT2S", remind_before="PT1S"))
    case_id = await working.open_case(pathway_key="quick")
    await working.refer(case_id)

    async with asyncio.timeout(15):
        while len(written := await _notifications(working)) < 4:  # noqa: ASYNC110 - in the engine
            await asyncio.sleep(0.1)

    assert written == {
        ("request", None, cast.RECEIVER),
        ("reminder", None, cast.RECEIVER),
        ("overdue", None, cast.RECEIVER),
        ("gap", cast.STEFAN.user_id, None),
    }


@pytest.mark.parametrize("agreed", [False, True])
async def test_a_gap_rises_to_those_who_can_help_in_another_house_only_if_it_agreed(
    working: World, owner: Database, agreed: bool
) -> None:
    terms = {"respond": "PT1S", "remind_before": "PT0.5S", "everyone_after": "PT1S"}
    await working.publish(pathway("quick", **terms))
    if agreed:
        async with owner.transaction() as connection:
            await connection.execute(
                update(agencies)
                .where(agencies.c.id == cast.RECEIVER)
                .values(supervisors_are_told=True)
            )
    await working.refer(await working.open_case(pathway_key="quick"))

    expected = {
        ("gap", cast.SABINE.user_id if agreed else cast.STEFAN.user_id, None),
        ("escalation", cast.STEFAN.user_id, None),
        ("escalation", cast.KATJA.user_id, None),
    } | ({("escalation", cast.SABINE.user_id, None)} if agreed else set())
    async with asyncio.timeout(15):
        while not expected <= await _notifications(working):  # noqa: ASYNC110 - in the engine
            await asyncio.sleep(0.1)

    above = {one for one in await _notifications(working) if one[0] in {"gap", "escalation"}}
    assert above == expected
    async with working.container.database.transaction() as connection:
        assert list(await connection.scalars(select(gaps.c.level))) == ["everyone"]


async def test_a_receiver_is_reminded_even_while_the_case_cannot_be_told(working: World) -> None:
    await working.publish(pathway("quick", effect="PT6S", remind_before="PT3S"))
    case_id = await working.open_case(pathway_key="quick")
    referral_id = await working.refer(case_id)
    await working.act(referral_id, Action.ACCEPT)
    case = working.container.client.get_workflow_handle(case_workflow_id(case_id))
    await case.terminate()
    # The move that the case cannot hear of: telling it fails, and is tried again in a minute.
    await working.act(referral_id, Action.ARRIVE)

    async with asyncio.timeout(20):
        while ("overdue", None, cast.RECEIVER) not in (  # noqa: ASYNC110 - in the engine
            await _notifications(working)
        ):
            await asyncio.sleep(0.2)


async def test_the_spans_of_a_referral_add_up_to_its_age(working: World) -> None:
    referral_id = await working.refer(await working.open_case())
    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE, Action.CONFIRM):
        await working.act(referral_id, action)

    async with working.container.database.transaction() as connection:
        spans = (
            await connection.execute(
                select(clock_spans)
                .where(clock_spans.c.referral_id == referral_id)
                .order_by(clock_spans.c.seq)
            )
        ).all()
        row = (
            await connection.execute(select(referrals).where(referrals.c.id == referral_id))
        ).one()

    assert spans[0].since == row.opened_at
    assert spans[-1].until == row.closed_at
    assert all(left.until == right.since for left, right in pairwise(spans))


async def _clock(world: World, referral_id: UUID) -> Sequence[object]:
    return await _clock_in(world, referrals, referrals.c.id == referral_id)


async def _step_clock(world: World, referral_id: UUID) -> Sequence[object]:
    return await _clock_in(world, steps, steps.c.referral_id == referral_id)


async def _clock_in(world: World, table: Table, which: ColumnElement[bool]) -> Sequence[object]:
    columns = (table.c.clock_party, table.c.clock_since, table.c.clock_due_at)
    async with world.container.database.transaction() as connection:
        return (await connection.execute(select(*columns).where(which))).one()


async def _notifications(world: World) -> set[tuple[str, object, object]]:
    async with world.container.database.transaction() as connection:
        rows = await connection.execute(
            select(notifications.c.kind, notifications.c.to_user_id, notifications.c.to_agency_id)
        )
        return {(row.kind, row.to_user_id, row.to_agency_id) for row in rows}
