"""Very many timers that are due at once when the machine comes up after downtime."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from service.gaps.tables import gaps
from tests.bench import minimal
from tests.bench.figures import Figure, NotMeasured, ratios
from tests.bench.running_cases import AT_ONCE, start_workflows, take_over_cases, until_idle
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage
from tests.world import pathway

SECONDS_TO_START_ONE = 0.1
LOOK_EVERY = 0.2  # seconds


async def measure(stage: Stage, sizes: Sizes) -> list[Figure]:
    """Return how many deadlines a second are dealt with after downtime: ours and minimal ones."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(sizes.timer_rounds):
        theirs.append(await _of_theirs(stage, sizes.timers))
        ours.append(await _of_ours(stage, sizes.timers))
    return [
        Figure("timers after downtime: ours", tuple(ours), "/s"),
        Figure("timers after downtime: minimal", tuple(theirs), "/s"),
        Figure("timers after downtime: ours / minimal", ratios(ours, theirs), at_least=0.7),
    ]


async def _of_ours(stage: Stage, many: int) -> float:
    """Referrals whose answer is overdue: a gap, mails to the agency and to the supervisor."""
    patience = timedelta(seconds=int(many * SECONDS_TO_START_ONE) + 10)
    key = f"due-{uuid7().hex[-8:]}"
    at = stage.container.clock.now() + timedelta(seconds=many // 40)
    await stage.world.publish(pathway(key, respond=f"PT{patience.seconds}S"))
    case_ids = await take_over_cases(stage, many, at, key)
    await start_workflows(stage, case_ids)

    async def passed() -> int:
        found = select(func.count()).select_from(gaps).where(gaps.c.case_id.in_(case_ids))
        async with stage.container.database.transaction() as connection:
            return await connection.scalar(found) or 0

    return await _after_downtime(stage, many, at + patience, passed)


async def _of_theirs(stage: Stage, many: int) -> float:
    run = uuid7()
    due_at = stage.container.clock.now() + timedelta(seconds=int(many * SECONDS_TO_START_ONE) + 10)
    waiting = [f"minimal-{run}-{number}" for number in range(many)]

    async def start() -> None:
        while waiting:
            await stage.container.client.start_workflow(
                minimal.MinimalTimer.run,
                due_at,
                id=waiting.pop(),
                task_queue=minimal.TASK_QUEUE,
            )

    await asyncio.gather(*(start() for _ in range(AT_ONCE)))

    async def passed() -> int:
        query = f"WorkflowId STARTS_WITH 'minimal-{run}' AND ExecutionStatus = 'Completed'"
        return (await stage.container.client.count_workflows(query)).count

    return await _after_downtime(stage, many, due_at, passed)


async def _after_downtime(
    stage: Stage, many: int, due_at: datetime, passed: Callable[[], Awaitable[int]]
) -> float:
    """Let everything be down while the timers become due; return how many a second then pass.

    Counted from the moment before the first one passes: how long a worker takes to start says
    nothing about either side.
    """
    await until_idle(stage)
    left = (due_at - stage.container.clock.now()).total_seconds()
    if left <= 0 or await passed():
        raise NotMeasured("the timers were due before they were all set; the machine was too busy")
    await stage.lie_down_for(left + 1)
    started = time.perf_counter()
    while (done := await passed()) < many:
        if not done:
            started = time.perf_counter()
        await asyncio.sleep(LOOK_EVERY)
    took = time.perf_counter() - started
    await stage.start_web()
    return many / took
