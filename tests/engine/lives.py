"""Lives of cases and referrals that together go through all that the workflows do."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from service.cases.acting import assign_case, close_case, reopen_case, waive_step
from service.cases.offering import accept_case, decline_case, offer_case, withdraw_offer
from service.cases.path_starting import start_path
from service.cases.schemas import (
    AcceptCase,
    AssignCase,
    CloseCase,
    DeclineCase,
    NewReferral,
    ReopenCase,
    StartPathBody,
    TransferCase,
    WaiveStep,
)
from service.cases.tables import paths
from service.engine.restart import start_open_workflows
from service.ledger.tables import events
from service.referrals.sending import send_referral
from service.versions.moving import move_path
from service.versions.schemas import MoveToVersion
from tests import cast
from tests.engine.waiting import PATIENCE, until_gone, until_referral_has_ended, until_step
from tests.versions.newer import newer
from tests.world import STATUTE, World, pathway
from workflows.domain.actions import Action
from workflows.domain.basis import Basis
from workflows.domain.clocks import Party
from workflows.domain.reasons import CaseOutcome, Reason
from workflows.domain.working_days import local_day
from workflows.names import case_workflow_id, referral_workflow_id

WAIVER = WaiveStep(reason=Reason.NO_LONGER_NEEDED)


async def live(world: World) -> dict[str, str]:
    """Live them, with a worker that works; return the workflows' ids by what they went through."""
    await world.publish(pathway("quick", respond="PT1S", remind_before="PT0.5S"))
    await world.publish(pathway("late", refer="PT2S", remind_before="PT1S", respond="PT4H"))
    return {
        **await _a_case_to_its_end(world),
        **await _a_case_brought_back(world),
        **await _a_case_that_changes_hands(world),
        **await _a_request_that_bounces_twice(world),
        **await _a_path_that_is_moved(world),
        **await _a_household_that_changes(world),
    }


async def _a_case_to_its_end(world: World) -> dict[str, str]:
    case_id = await world.open_case(pathway_key="quick")
    completed = await world.refer(case_id)
    await _until_it_says(world, referral_workflow_id(completed), "overdue")
    for action in (Action.RECEIVE, Action.CLAIM, Action.RELEASE):
        await world.act(completed, action)
    await world.act(completed, Action.ASK, note="Is the contract signed?")
    await world.act(completed, Action.ANSWER, note="Yes.")
    await world.act(completed, Action.ACCEPT)
    in_two_days = world.container.clock.now() + timedelta(days=2)
    await world.act(completed, Action.APPOINT, appointment={"at": in_two_days})
    await world.act(completed, Action.ARRIVE)
    await world.act(completed, Action.PROGRESS, note="The papers are complete.")
    await world.act(completed, Action.HOLD, **_until(in_two_days))
    await world.act(completed, Action.RESUME)
    await world.act(completed, Action.COMPLETE)
    await until_step(world, case_id, "residence", "due")
    await world.act(completed, Action.DISPUTE, reason=Reason.DID_NOT_HAPPEN)
    await until_step(world, case_id, "residence", "waiting")
    await world.act(completed, Action.COMPLETE)
    await world.act(completed, Action.CONFIRM)
    await until_step(world, case_id, "residence", "due")

    cancelled = await world.refer(case_id, "residence", "other-agency")
    await world.act(cancelled, Action.NUDGE, actor=cast.ANNA)
    await world.act(cancelled, Action.CANCEL, actor=cast.ANNA)
    await until_step(world, case_id, "residence", "due")

    mistaken = await world.refer(case_id, "residence", "other-agency")
    await world.act(mistaken, Action.MOVE_DEADLINE, **_until(in_two_days, Reason.AGREED))
    await world.act(mistaken, Action.UNDO, actor=cast.ANNA)
    await world.act(mistaken, Action.ACCEPT, actor=cast.DIETER)
    await world.act(mistaken, Action.NO_SHOW, actor=cast.DIETER)
    await world.act(mistaken, Action.UNDO, actor=cast.DIETER)
    await world.act(mistaken, Action.CANCEL)
    await until_step(world, case_id, "residence", "due")

    rejected = await world.refer(case_id, "residence", "other-agency")
    await world.act(rejected, Action.REJECT, actor=cast.DIETER, reason=Reason.NO_CAPACITY)
    await until_step(world, case_id, "residence", "due")

    failed = await world.refer(case_id, "residence", "other-agency")
    await world.act(failed, Action.ACCEPT, actor=cast.DIETER)
    await world.act(failed, Action.FAIL, actor=cast.DIETER, reason=Reason.CLIENT_NOT_REACHED)
    await until_step(world, case_id, "residence", "due")

    for step in ("residence", "school"):
        await waive_step(world.container, cast.ANNA, case_id, step, WAIVER, f"waive {step}")
    await until_referral_has_ended(world, failed)
    ending = CloseCase(outcome=CaseOutcome.GOAL_REACHED)
    await close_case(world.container, cast.ANNA, case_id, ending, "close")
    return {
        "case-closed": case_workflow_id(case_id),
        "referral-completed-after-overdue-question-hold-and-dispute": referral_workflow_id(
            completed
        ),
        "referral-taken-back-step-by-step": referral_workflow_id(mistaken),
        "referral-cancelled-after-nudge": referral_workflow_id(cancelled),
        "referral-rejected-and-referred-again": referral_workflow_id(rejected),
        "referral-failed-and-waived": referral_workflow_id(failed),
    }


async def _a_case_brought_back(world: World) -> dict[str, str]:
    """The engine loses both in the middle of their life; they are started from the ledger."""
    case_id = await world.open_case()
    referral_id = await world.refer(case_id)
    ids = {
        "case-brought-back": case_workflow_id(case_id),
        "referral-brought-back": referral_workflow_id(referral_id),
    }
    for workflow_id in ids.values():
        await world.container.client.get_workflow_handle(workflow_id).terminate()
    await start_open_workflows(world.container.database, world.container.engine, lambda *_: None)
    to_anna = AssignCase(case_manager="anna")
    await assign_case(world.container, cast.STEFAN, case_id, to_anna, "assign")
    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await world.act(referral_id, action)
    await until_step(world, case_id, "residence", "due")
    return ids


async def _a_case_that_changes_hands(world: World) -> dict[str, str]:
    """It lies about, goes to another office, is closed there and opened again."""
    case_id, container = await world.open_case(pathway_key="late"), world.container
    await _until_it_says(world, case_workflow_id(case_id), "overdue")
    referral_id = await world.refer(case_id)
    basis = Basis(statute="§ 69 Abs. 1 Nr. 1 SGB X")
    transfer = TransferCase(office="office-b", basis=basis)
    await offer_case(container, cast.ANNA, case_id, transfer, "offer")
    await decline_case(container, cast.BEN, case_id, DeclineCase(), "decline")
    await offer_case(container, cast.ANNA, case_id, transfer, "offer again")
    await withdraw_offer(container, cast.ANNA, case_id, "withdraw")
    await offer_case(container, cast.STEFAN, case_id, transfer, "offer a third time")
    await accept_case(container, cast.BEN, case_id, AcceptCase(), "accept")
    await _until_it_says(world, referral_workflow_id(referral_id), "transfer")
    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await world.act(referral_id, action)
    await until_step(world, case_id, "residence", "due")
    ending = CloseCase(outcome=CaseOutcome.MOVED_AWAY)
    await close_case(container, cast.BEN, case_id, ending, "close")
    await until_referral_has_ended(world, referral_id)
    await reopen_case(container, cast.BEN, case_id, ReopenCase(), "reopen")
    return {
        "case-handed-over-closed-and-opened-again": case_workflow_id(case_id),
        "referral-with-a-new-sender": referral_workflow_id(referral_id),
    }


async def _a_request_that_bounces_twice(world: World) -> dict[str, str]:
    case_id = await world.open_case()
    first = await world.refer(case_id)
    await world.act(first, Action.REDIRECT, agency="other-agency")
    await until_step(world, case_id, "job-centre", "due")
    second = await world.refer(case_id)
    await world.act(second, Action.REDIRECT, agency="other-agency")
    await world.act(second, Action.CONFER, next_step="objection", note="Nobody moved.")
    await until_step(world, case_id, "job-centre", "due")
    await waive_step(world.container, cast.ANNA, case_id, "job-centre", WAIVER, "give up")
    await until_referral_has_ended(world, second)
    return {"referral-up-to-a-case-conference": referral_workflow_id(second)}


async def _a_path_that_is_moved(world: World) -> dict[str, str]:
    """It is moved while an agency is at work and another step has a gap; then it goes on."""
    await world.publish(pathway("changing", refer="PT2S", remind_before="PT1S", respond="PT4H"))
    case_id = await world.open_case(pathway_key="changing")
    referral_id = await world.refer(case_id)
    await _until_it_says(world, case_workflow_id(case_id), "overdue")
    await world.publish(newer(key="changing"))
    async with world.container.database.transaction() as connection:
        query = select(paths.c.id).where(paths.c.case_id == case_id)
        path_id = (await connection.execute(query)).scalar_one()
    to_2 = MoveToVersion(version=2)
    await move_path(world.container, cast.STEFAN, case_id, path_id, to_2, "move")
    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await world.act(referral_id, action)
    await until_step(world, case_id, "insurance", "due")
    return {
        "case-with-a-moved-path": case_workflow_id(case_id),
        "referral-of-a-moved-path": referral_workflow_id(referral_id),
    }


async def _a_household_that_changes(world: World) -> dict[str, str]:
    """Somebody joins, goes a path of their own until it comes back, and leaves."""
    container, anna = world.container, cast.ANNA
    case_id = await world.open_case()
    member = await world.add(case_id)
    body = StartPathBody(pathway="quick", member=1)
    own = await start_path(container, anna, case_id, body, "own path")
    asked = NewReferral(
        step="job-centre", path=own, agency="receiver", basis=Basis(statute=STATUTE)
    )
    rejected = await send_referral(container, anna, case_id, asked, "own request")
    await world.act(rejected, Action.REJECT, reason=Reason.NO_CAPACITY)
    await until_gone(world, case_id, member)
    await until_referral_has_ended(world, rejected)
    await world.add(case_id, "Sami")
    return {"case-of-a-household-that-changes": case_workflow_id(case_id)}


async def _until_it_says(world: World, workflow_id: str, action: str) -> None:
    query = select(events.c.seq).where(
        events.c.workflow_id == workflow_id, events.c.action == action
    )
    async with asyncio.timeout(PATIENCE):
        while True:
            async with world.container.database.transaction() as connection:
                if await connection.scalar(query.limit(1)) is not None:
                    return
            await asyncio.sleep(0.1)


def _until(day: datetime, reason: Reason = Reason.DOCUMENTS_MISSING) -> dict[str, Any]:
    """Return what goes with a hold or with a moved deadline."""
    return {"until": local_day(day), "reason": reason, "party": Party.CLIENT}
