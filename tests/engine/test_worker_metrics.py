"""What a worker tells of itself: how long the ledger takes, and what failed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from temporalio.client import WorkflowExecutionStatus
from uuid_utils.compat import uuid7

from activities.ports import LedgerConflict
from service.bootstrap import Container
from service.engine.client import connect
from service.engine.engine import Engine, EngineUnavailable
from service.engine.runtime import LedgerDelay, engine_runtime
from service.failure import Failure
from service.ledger.ledger import PostgresLedger
from service.ledger.timed import TimedLedger
from service.stack.ports import CANDIDATES, is_free
from service.worker import Ports, build_worker
from tests.world import World, make_world
from workflows.domain.actions import Action
from workflows.messages import Recorded, ReferralEntry


class Refusing(PostgresLedger):
    """A ledger that does not take the acceptance of a referral."""

    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        """Refuse it."""
        if entry.event.action == Action.ACCEPT:
            raise LedgerConflict("not this one")
        return await super().record_referral(entry)


class Worked:
    """A world whose worker serves its figures."""

    def __init__(self, world: World, address: str) -> None:
        self.world = world
        self.address = address

    async def figure(self, name: str, **labels: str) -> float:
        """Return the sum of what a figure says."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://{self.address}/metrics")
        return sum(
            sample.value
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    async def when(self, name: str, holds: Callable[[float], bool], **labels: str) -> float:
        """Return the figure once it is as expected."""
        async with asyncio.timeout(10):
            while not holds(found := await self.figure(name, **labels)):  # noqa: ASYNC110 - asks anew
                await asyncio.sleep(0.05)
        return found


@pytest.fixture
async def worked(container: Container) -> AsyncIterator[Worked]:
    """A worker with figures, on a ledger that refuses some entries."""
    address = f"127.0.0.1:{next(port for port in reversed(CANDIDATES) if is_free(port))}"
    runtime = engine_runtime(address)
    client = await connect(container.settings, lazily=False, runtime=runtime)
    engine = Engine(client, container.engine.task_queue)
    container = replace(container, client=client, engine=engine)
    delay = LedgerDelay(runtime)
    ledger = TimedLedger(Refusing(container.database), container.clock, delay.observe)
    async with build_worker(client, Ports.on(container.database, ledger), engine.task_queue):
        yield Worked(await make_world(container), address)


async def test_how_long_the_ledger_takes_is_told(worked: Worked) -> None:
    await worked.world.refer(await worked.world.open_case())
    assert await worked.when("nahtlos_ledger_delay_seconds_count", lambda n: n == 2) == 2
    assert 0 < await worked.figure("nahtlos_ledger_delay_seconds_sum") < 10


async def test_activities_that_fail_are_counted(worked: Worked) -> None:
    referral_id = await worked.world.refer(await worked.world.open_case())
    with pytest.raises(EngineUnavailable):
        await worked.world.act(referral_id, Action.ACCEPT)
    failed = "temporal_activity_execution_failed_total"
    assert await worked.when(failed, bool, activity_type="record_referral") == 1


async def test_workflow_tasks_that_fail_are_counted(worked: Worked) -> None:
    client, queue = worked.world.container.client, worked.world.container.engine.task_queue
    handle = await client.start_workflow("Unheard of", id=str(uuid7()), task_queue=queue)
    await worked.when("temporal_workflow_task_execution_failed_total", lambda n: n >= 1)
    description = await handle.describe()
    assert description.status is WorkflowExecutionStatus.RUNNING
    await handle.terminate()


async def test_a_place_that_is_taken_is_said_in_a_sentence(worked: Worked) -> None:
    with pytest.raises(Failure, match=f"metrics at {worked.address}: set NAHTLOS_WORKER_METRICS"):
        engine_runtime(worked.address)
