"""An accept through the API against a bare update: one at a time, and several at once.

The bare update comes in two kinds. One does nothing. The other has a no-op activity, which is the
least that an act can cost that is written down before it is confirmed; the goals are about it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from uuid import UUID

from temporalio.client import WorkflowHandle
from uuid_utils.compat import uuid7

from tests.bench import minimal
from tests.bench.figures import Figure, percentile_95, ratios
from tests.bench.program import Programs
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage

PAUSE = 0.1  # seconds; what an accept leads to in the case is over by then
AT_ONCE = 16
MILLISECONDS = 1000

Thing = TypeVar("Thing")
Bare = WorkflowHandle[minimal.MinimalAct, None]


async def measure_alone(stage: Stage, sizes: Sizes) -> list[Figure]:
    """Return how long an accept takes, nothing else going on, and a bare update beside it."""
    ours: list[list[float]] = []
    acting: list[list[float]] = []
    nothing: list[list[float]] = []
    for round_number in range(sizes.accept_rounds + 1):
        many = sizes.accepts if round_number else min(10, sizes.accepts)
        referrals, workflows = await _referrals(stage, many), await _workflows(stage, many)
        lines: tuple[list[float], ...] = ([], [], [])
        with Programs(stage.web_port, 1) as program:
            for referral_id, workflow in zip(referrals, workflows, strict=True):
                lines[0].append(await _milliseconds(program.accept(referral_id)))
                lines[1].append(await _milliseconds(_act(workflow)))
                lines[2].append(await _milliseconds(_nothing(workflow)))
        await _end(workflows)
        if round_number:  # the first one warms up
            for line, round_of in zip(lines, (ours, acting, nothing), strict=True):
                round_of.append(line)
    figures = []
    for name, of in (("median", _middle), ("95th percentile", percentile_95)):
        mine, with_activity, without = (
            [of(line) for line in kind] for kind in (ours, acting, nothing)
        )
        figures += [
            Figure(f"accept, alone, {name}: ours", tuple(mine), "ms"),
            Figure(f"accept, alone, {name}: bare, one activity", tuple(with_activity), "ms"),
            Figure(f"accept, alone, {name}: bare, no activity", tuple(without), "ms"),
            Figure(
                f"accept, alone, {name}: ours / bare, one activity",
                ratios(mine, with_activity),
                at_most=1.4,
            ),
            Figure(f"accept, alone, {name}: ours / bare, no activity", ratios(mine, without)),
        ]
    return figures


async def measure_at_once(stage: Stage, sizes: Sizes) -> list[Figure]:
    """Return how many accepts a second there are with 16 in flight, and bare updates."""
    ours: list[float] = []
    acting: list[float] = []
    nothing: list[float] = []
    for round_number in range(sizes.accept_rounds + 1):
        many = sizes.accepts_at_once
        referrals, workflows = await _referrals(stage, many), await _workflows(stage, many)
        with Programs(stage.web_port, AT_ONCE) as programs:
            of_ours = await _each(programs.accept, referrals)
        lines = (of_ours, await _each(_act, workflows), await _each(_nothing, workflows))
        await _end(workflows)
        if round_number:
            for line, kind in zip(lines, (ours, acting, nothing), strict=True):
                kind.append(line)
    return [
        Figure("accept, 16 in flight: ours", tuple(ours), "ms each"),
        Figure("accept, 16 in flight: bare, one activity", tuple(acting), "ms each"),
        Figure("accept, 16 in flight: bare, no activity", tuple(nothing), "ms each"),
        Figure(
            "accept, 16 in flight: ours / bare, one activity", ratios(ours, acting), at_most=1.3
        ),
        Figure("accept, 16 in flight: ours / bare, no activity", ratios(ours, nothing)),
    ]


async def _each(one: Callable[[Thing], Awaitable[None]], things: Sequence[Thing]) -> float:
    """Return how many milliseconds each takes of the whole, with 16 in flight."""
    waiting = list(things)

    async def one_after_the_other() -> None:
        while waiting:
            await one(waiting.pop())

    started = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return (time.perf_counter() - started) / len(things) * MILLISECONDS


async def _milliseconds(what: Awaitable[None]) -> float:
    started = time.perf_counter()
    await what
    took = (time.perf_counter() - started) * MILLISECONDS
    await asyncio.sleep(PAUSE)
    return took


def _middle(samples: Sequence[float]) -> float:
    return sorted(samples)[len(samples) // 2]


async def _referrals(stage: Stage, many: int) -> list[UUID]:
    """Send referrals to Clara's agency and let the machine come to rest."""
    sent = [await stage.world.refer(await stage.world.open_case()) for _ in range(many)]
    await stage.until_mails_are_sent()
    await asyncio.sleep(1)
    return sent


async def _workflows(stage: Stage, many: int) -> list[Bare]:
    return [
        await stage.container.client.start_workflow(
            minimal.MinimalAct.run, id=f"minimal-{uuid7()}", task_queue=minimal.TASK_QUEUE
        )
        for _ in range(many)
    ]


async def _act(workflow: Bare) -> None:
    await workflow.execute_update(minimal.MinimalAct.act)


async def _nothing(workflow: Bare) -> None:
    await workflow.execute_update(minimal.MinimalAct.nothing)


async def _end(workflows: list[Bare]) -> None:
    for workflow in workflows:
        await workflow.signal(minimal.MinimalAct.end)
