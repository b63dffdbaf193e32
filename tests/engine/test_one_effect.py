"""An act that comes again has one effect, and the repeat is answered with what happened."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from uuid_utils.compat import uuid7

from service.cases.acting import close_case
from service.cases.schemas import CloseCase
from service.engine.engine import Engine
from service.ledger.promises import KeyUsedForAnotherRequest
from service.ledger.tables import events
from service.referrals.tables import referrals
from service.stack.binaries import temporal_program
from tests import cast
from tests.counts import AT_ONCE
from tests.engine.waiting import until_referral_has_ended, until_step
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.reasons import CaseOutcome
from workflows.names import case_workflow_id, referral_workflow_id


@pytest.fixture(scope="session")
async def impatient_server() -> AsyncIterator[WorkflowEnvironment]:
    """A server that asks workflows to continue as new after a few acts."""
    environment = await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(temporal_program()),
        data_converter=pydantic_data_converter,
        dev_server_extra_args=[
            "--dynamic-config-value",
            "limit.historyCount.suggestContinueAsNew=20",
        ],
    )
    yield environment
    await environment.shutdown()


@pytest.fixture
async def impatient(world: World, impatient_server: WorkflowEnvironment) -> AsyncIterator[World]:
    """The cast's world on that server."""
    client = impatient_server.client
    engine = Engine(client, f"test-{uuid7()}")
    container = replace(world.container, client=client, engine=engine)
    impatient = World(container)
    async with impatient.worker():
        yield impatient


async def test_the_same_act_at_once_has_one_effect(working: World) -> None:
    referral_id = await working.refer(await working.open_case())

    receipts = await asyncio.gather(
        *(working.act(referral_id, Action.ACCEPT, key="one key") for _ in range(AT_ONCE))
    )

    assert {receipt.seq for receipt in receipts} == {2}
    assert await _times(working, referral_id, "accept") == 1


async def test_a_case_opened_and_a_step_referred_at_once_exist_once(working: World) -> None:
    case_ids = await asyncio.gather(*(working.open_case(key="open") for _ in range(AT_ONCE)))
    referral_ids = await asyncio.gather(
        *(working.refer(case_ids[0], key="refer") for _ in range(AT_ONCE))
    )

    assert len(set(case_ids)) == 1
    assert len(set(referral_ids)) == 1
    async with working.container.database.transaction() as connection:
        assert await connection.scalar(select(func.count()).select_from(referrals)) == 1


async def test_two_colleagues_at_once_have_one_winner(working: World) -> None:
    referral_id = await working.refer(await working.open_case())

    outcomes = await asyncio.gather(
        working.act(referral_id, Action.ACCEPT, actor=cast.CLARA),
        working.act(referral_id, Action.ACCEPT, actor=cast.KARIM),
        return_exceptions=True,
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert [type(error).__name__ for error in refused] == ["IllegalMove"]
    assert await _times(working, referral_id, "accept") == 1


async def test_the_repeat_after_continue_as_new_is_answered_with_what_happened(
    impatient: World,
) -> None:
    referral_id = await impatient.refer(await impatient.open_case())
    first_run = await _run_id(impatient, referral_id)
    receipt = await impatient.act(referral_id, Action.ACCEPT, key="accept once")
    async with asyncio.timeout(30):
        while await _run_id(impatient, referral_id) == first_run:
            await impatient.act(referral_id, Action.NUDGE, actor=cast.ANNA)

    repeat = await impatient.act(referral_id, Action.ACCEPT, key="accept once")

    assert repeat == receipt.model_copy(update={"repeated": True})
    assert await _times(impatient, referral_id, "accept") == 1


async def test_nothing_is_lost_while_workflows_continue_as_new(impatient: World) -> None:
    case_id = await impatient.open_case()
    referral_id = await impatient.refer(case_id)
    first_run = await _run_id(impatient, referral_id)

    for _ in range(20):
        await impatient.act(referral_id, Action.NUDGE, actor=cast.ANNA)
    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        await impatient.act(referral_id, action)

    await until_step(impatient, case_id, "job-centre", "done")
    assert await _run_id(impatient, referral_id) != first_run
    assert await _times(impatient, referral_id, "nudge") == 20


async def test_a_case_continues_as_new_while_its_referrals_come_and_go(impatient: World) -> None:
    case_id = await impatient.open_case()
    case = impatient.container.client.get_workflow_handle(case_workflow_id(case_id))
    first_run = (await case.describe()).run_id
    sent = []
    for _ in range(6):
        sent.append(await impatient.refer(case_id))
        await impatient.act(sent[-1], Action.REJECT, reason="no-capacity")
        await until_step(impatient, case_id, "job-centre", "due")
    sent.append(await impatient.refer(case_id))
    for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE, Action.CONFIRM):
        await impatient.act(sent[-1], action)

    await until_step(impatient, case_id, "job-centre", "done")
    for referral_id in sent:
        await until_referral_has_ended(impatient, referral_id)
    assert (await case.describe()).run_id != first_run


async def test_the_repeat_after_the_case_is_closed_is_answered_with_what_happened(
    working: World,
) -> None:
    container = working.container
    case_id = await working.open_case()
    referral_id = await working.refer(case_id, key="refer once")
    for action in (Action.ACCEPT, Action.ARRIVE):
        await working.act(referral_id, action)
    completed = await working.act(referral_id, Action.COMPLETE, key="complete once")
    await until_step(working, case_id, "job-centre", "done")
    body = CloseCase(outcome=CaseOutcome.GOAL_REACHED)
    closed = await close_case(container, cast.ANNA, case_id, body, "close once")

    assert (await working.act(referral_id, Action.COMPLETE, key="complete once")).seq == (
        completed.seq
    )
    assert await working.refer(case_id, key="refer once") == referral_id
    again = await close_case(container, cast.ANNA, case_id, body, "close once")
    assert again == closed.model_copy(update={"repeated": True})


async def test_a_key_cannot_be_used_for_another_request(working: World) -> None:
    referral_id = await working.refer(await working.open_case())
    await working.act(referral_id, Action.ACCEPT, key="one key")

    with pytest.raises(KeyUsedForAnotherRequest):
        await working.act(referral_id, Action.ARRIVE, key="one key")


async def _times(world: World, referral_id: UUID, action: str) -> int:
    query = (
        select(func.count())
        .select_from(events)
        .where(events.c.referral_id == referral_id, events.c.action == action)
    )
    async with world.container.database.transaction() as connection:
        return (await connection.execute(query)).scalar_one()


async def _run_id(world: World, referral_id: UUID) -> str | None:
    handle = world.container.client.get_workflow_handle(referral_workflow_id(referral_id))
    return (await handle.describe()).run_id
