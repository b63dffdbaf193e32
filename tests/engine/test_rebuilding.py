"""Everything that runs can be started again from PostgreSQL alone."""

from dataclasses import replace

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from uuid_utils.compat import uuid7

from service.cases.acting import close_case
from service.cases.schemas import CloseCase
from service.engine.engine import Engine
from service.engine.restart import start_open_workflows
from service.stack.binaries import temporal_program
from tests import cast
from tests.engine.waiting import until_referral_has_ended, until_step
from tests.world import World, pathway
from workflows.domain.actions import Action
from workflows.domain.reasons import CaseOutcome


def _quiet(_done: int, _total: int) -> None:
    """Show no progress."""


async def fresh_server() -> WorkflowEnvironment:
    """Start a server that knows nothing."""
    return await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(temporal_program()), data_converter=pydantic_data_converter
    )


async def test_cases_and_referrals_go_on_after_the_engine_lost_everything(world: World) -> None:
    await world.publish(pathway("quick", respond="PT3S", remind_before="PT1S"))
    async with await fresh_server() as lost:
        before = world_on(world, lost)
        async with before.worker():
            case_id = await before.open_case(pathway_key="quick")
            referral_id = await before.refer(case_id)
            accepted = await before.act(referral_id, Action.RECEIVE, key="receive once")

    async with await fresh_server() as new:
        after = world_on(world, new)
        container = after.container
        async with after.worker():
            started = await start_open_workflows(container.database, container.engine, _quiet)
            assert started == 2
            assert await start_open_workflows(container.database, container.engine, _quiet) == 0

            repeat = await after.act(referral_id, Action.RECEIVE, key="receive once")
            for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
                await after.act(referral_id, action)
            await until_step(after, case_id, "job-centre", "done")
            await until_step(after, case_id, "residence", "due")

    assert repeat.seq == accepted.seq
    assert repeat.repeated


async def test_a_message_that_was_lost_with_the_engine_is_said_again(world: World) -> None:
    async with await fresh_server() as lost:
        before = world_on(world, lost)
        async with before.worker():
            case_id = await before.open_case()
            referral_id = await before.refer(case_id)
            handle = before.container.client.get_workflow_handle(f"case-{case_id}")
            await handle.terminate()
            await before.act(referral_id, Action.ACCEPT)
            await before.act(referral_id, Action.ARRIVE)

    async with await fresh_server() as new:
        after = world_on(world, new)
        async with after.worker():
            await start_open_workflows(after.container.database, after.container.engine, _quiet)
            await until_step(after, case_id, "job-centre", "in-progress")


async def test_a_referral_that_never_heard_how_it_ended_is_told_again(world: World) -> None:
    async with await fresh_server() as lost:
        before = world_on(world, lost)
        async with before.worker():
            case_id = await before.open_case()
            first = await before.refer(case_id)
            await before.act(first, Action.REJECT, reason="no-capacity")
            await until_step(before, case_id, "job-centre", "due")
            handle = before.container.client.get_workflow_handle(f"referral-{first}")
            await handle.terminate()
            await before.refer(case_id)

    async with await fresh_server() as new:
        after = world_on(world, new)
        async with after.worker():
            await start_open_workflows(after.container.database, after.container.engine, _quiet)
            await until_referral_has_ended(after, first)


async def test_a_referral_that_ended_while_its_case_was_lost_is_not_forgotten(
    world: World,
) -> None:
    async with await fresh_server() as lost:
        before = world_on(world, lost)
        async with before.worker():
            case_id = await before.open_case()
            referral_id = await before.refer(case_id)
            for action in (Action.ACCEPT, Action.ARRIVE):
                await before.act(referral_id, action)
            await until_step(before, case_id, "job-centre", "in-progress")
            await before.container.client.get_workflow_handle(f"case-{case_id}").terminate()
            await before.act(referral_id, Action.COMPLETE)

    async with await fresh_server() as new:
        after = world_on(world, new)
        async with after.worker():
            await start_open_workflows(after.container.database, after.container.engine, _quiet)
            await until_step(after, case_id, "job-centre", "done")


async def test_a_referral_whose_case_was_closed_meanwhile_is_settled(world: World) -> None:
    async with await fresh_server() as lost:
        before = world_on(world, lost)
        async with before.worker():
            case_id = await before.open_case()
            referral_id = await before.refer(case_id)
            await before.act(referral_id, Action.REJECT, reason="no-capacity")
            await until_step(before, case_id, "job-centre", "due")
            client = before.container.client
            await client.get_workflow_handle(f"referral-{referral_id}").terminate()
            ending = CloseCase(outcome=CaseOutcome.OTHER)
            await close_case(before.container, cast.ANNA, case_id, ending, "close")

    async with await fresh_server() as new:
        after = world_on(world, new)
        async with after.worker():
            await start_open_workflows(after.container.database, after.container.engine, _quiet)
            await until_referral_has_ended(after, referral_id)


def world_on(world: World, server: WorkflowEnvironment) -> World:
    """Return the world with that server for its engine."""
    engine = Engine(server.client, f"test-{uuid7()}")
    return World(replace(world.container, client=server.client, engine=engine))
