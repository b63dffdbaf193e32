"""A referral of ours, with everything it does, against a minimal Temporal referral.

The minimal one: start, three no-op activities, an update, a timer, one more activity.

*Ours, one answer* has the same parts, each with its real work. A step is sent (an update of the
case, and the referral's workflow starts), the agency accepts (an update): two ledger entries with
read model and mail rows. Then the agreed time runs out (a timer), and one more entry opens the gap
and writes two mails. What comes on top of the minimal one: a second update, and deadlines looked up
twice.

*Ours, whole life* goes on where the answer ends: sent, accepted, arrived, completed, confirmed,
until the case has the step as done. That is five updates, seven activities, two signals and a timer
for each clock; beside it stands a minimal workflow with the same five acts, one activity each.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from temporalio.client import WorkflowHandle
from uuid_utils.compat import uuid7

from service.cases.tables import steps
from service.gaps.tables import gaps
from tests.bench import minimal
from tests.bench.figures import Figure, ratios
from tests.bench.sizes import Sizes
from tests.bench.stage import PATIENCE, Stage
from tests.world import pathway
from workflows.domain.actions import Action
from workflows.domain.statuses import StepStatus
from workflows.names import referral_workflow_id

QUICK = "arrives-within-a-second"
ACTS = (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE, Action.CONFIRM)
LOOK_EVERY = 0.05  # seconds

Minimal = WorkflowHandle[minimal.MinimalReferral, None]


async def measure(stage: Stage, sizes: Sizes) -> list[Figure]:
    """Return how many referrals a second ours and the minimal ones are, and their ratios."""
    await stage.world.publish(pathway(QUICK, arrive="PT1S"))
    kinds = (_answers, _minimal_referrals, _lives, _minimal_lives)
    rates: tuple[list[float], ...] = ([], [], [], [])
    for round_number in range(sizes.loop_rounds + 1):
        for kind, of_kind in zip(kinds, rates, strict=True):
            rate = await kind(stage, sizes)
            if round_number:  # the first one warms up
                of_kind.append(rate)
            await stage.until_mails_are_sent()
    answers, minimal_ones, lives, minimal_lives = rates
    return [
        Figure("referral loop: ours, one answer", tuple(answers), "/s"),
        Figure("referral loop: ours, whole life", tuple(lives), "/s"),
        Figure("referral loop: minimal", tuple(minimal_ones), "/s"),
        Figure("referral loop: minimal, five acts", tuple(minimal_lives), "/s"),
        Figure("referral loop: one answer / minimal", ratios(answers, minimal_ones), at_least=0.7),
        Figure("referral loop: whole life / minimal", ratios(lives, minimal_ones), at_least=0.7),
        Figure("referral loop: whole life / minimal, five acts", ratios(lives, minimal_lives)),
    ]


async def _answers(stage: Stage, sizes: Sizes) -> float:
    cases = [await stage.world.open_case(pathway_key=QUICK) for _ in range(sizes.loops)]
    overdue = select(func.count()).select_from(gaps).where(gaps.c.case_id.in_(cases))
    return await _rate(sizes, partial(_answer, stage), cases, partial(_until, stage, overdue))


async def _answer(stage: Stage, case_id: UUID) -> None:
    await stage.world.act(await stage.world.refer(case_id), Action.ACCEPT)


async def _lives(stage: Stage, sizes: Sizes) -> float:
    cases = [await stage.world.open_case() for _ in range(sizes.loops)]
    done = (
        select(func.count())
        .select_from(steps)
        .where(steps.c.case_id.in_(cases), steps.c.status == StepStatus.DONE)
    )
    return await _rate(sizes, partial(_life, stage), cases, partial(_until, stage, done))


async def _life(stage: Stage, case_id: UUID) -> None:
    referral_id = await stage.world.refer(case_id)
    for action in ACTS:
        await stage.world.act(referral_id, action)
    await stage.container.client.get_workflow_handle(referral_workflow_id(referral_id)).result()


async def _minimal_referrals(stage: Stage, sizes: Sizes) -> float:
    started: list[Minimal] = []

    async def one(_case: UUID) -> None:
        handle = await stage.container.client.start_workflow(
            minimal.MinimalReferral.run, id=f"minimal-{uuid7()}", task_queue=minimal.TASK_QUEUE
        )
        await handle.execute_update(minimal.MinimalReferral.answer)
        started.append(handle)

    async def until_over(_many: int) -> None:
        await asyncio.gather(*(handle.result() for handle in started))

    return await _rate(sizes, one, [uuid7()] * sizes.loops, until_over)


async def _minimal_lives(stage: Stage, sizes: Sizes) -> float:
    async def one(_case: UUID) -> None:
        handle = await stage.container.client.start_workflow(
            minimal.MinimalActs.run,
            len(ACTS),
            id=f"minimal-{uuid7()}",
            task_queue=minimal.TASK_QUEUE,
        )
        for _ in ACTS:
            await handle.execute_update(minimal.MinimalActs.act)
        await handle.result()

    async def until_over(_many: int) -> None:
        """Each has waited for its own end."""

    return await _rate(sizes, one, [uuid7()] * sizes.loops, until_over)


async def _rate(
    sizes: Sizes,
    one: Callable[[UUID], Awaitable[None]],
    cases: Sequence[UUID],
    until_over: Callable[[int], Awaitable[None]],
) -> float:
    """Return how many a second: so many in flight, then what they do on their own to the end."""
    waiting = list(cases)

    async def one_after_the_other() -> None:
        while waiting:
            await one(waiting.pop())

    started = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(sizes.in_flight)))
    await until_over(len(cases))
    return len(cases) / (time.perf_counter() - started)


async def _until(stage: Stage, count: Select[Any], many: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            async with stage.container.database.transaction() as connection:
                if await connection.scalar(count) == many:
                    return
            await asyncio.sleep(LOOK_EVERY)
