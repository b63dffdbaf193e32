"""A worker that dies between the ledger's commit and its acknowledgement writes nothing twice."""

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import select

from service.engine.engine import EngineUnavailable
from service.ledger.tables import events
from tests.counts import LOST_ACKNOWLEDGEMENTS
from tests.engine.waiting import until_step
from tests.world import World
from workflows.domain.actions import Action

MOVES = (Action.RECEIVE, Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)

Done = TypeVar("Done")


@pytest.mark.parametrize("fatal", range(LOST_ACKNOWLEDGEMENTS))
async def test_ledger_and_workflow_agree_after_the_acknowledgement_was_lost(
    world: World, fatal: int
) -> None:
    case_id = await _set_up(world)
    dying = await dying_worker(world, entries=fatal % 4 + 1)
    acts = asyncio.create_task(_all_acts(world, case_id))
    assert await dying.wait() == -signal.SIGKILL
    async with world.worker():
        referral_id = await acts
        await until_step(world, case_id, "job-centre", "done")

    written = await _actions(world, referral_id)
    assert written == Counter(["request", *MOVES])


async def _set_up(world: World) -> UUID:
    async with world.worker():
        return await world.open_case()


async def _all_acts(world: World, case_id: UUID) -> UUID:
    referral_id = await _confirmed(partial(world.refer, case_id, key=f"ask-{case_id}"))
    for action in MOVES:
        key = f"{action}-{referral_id}"
        await _confirmed(partial(world.act, referral_id, action, key=key))
    return referral_id


async def _confirmed(send: Callable[[], Awaitable[Done]]) -> Done:
    """Send it, and the same again for as long as nobody confirms it: what a program would do."""
    while True:
        with contextlib.suppress(EngineUnavailable):
            return await send()


async def dying_worker(world: World, entries: int) -> asyncio.subprocess.Process:
    """Start a worker that kills itself after it has committed so many ledger entries."""
    settings, engine = world.container.settings, world.container.engine
    assert settings.database_url
    assert settings.temporal_address
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.engine.dying_worker",
        engine.task_queue,
        str(entries),
        env=os.environ
        | {
            "NAHTLOS_DATABASE_URL": settings.database_url.get_secret_value(),
            "NAHTLOS_TEMPORAL_ADDRESS": settings.temporal_address,
        },
    )


async def _actions(world: World, referral_id: UUID) -> Counter[str]:
    async with world.container.database.transaction() as connection:
        found = await connection.scalars(
            select(events.c.action).where(events.c.referral_id == referral_id)
        )
        return Counter(found)
