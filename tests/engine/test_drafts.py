"""A case that was written down is opened, even if the process died before it could start it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from service.engine.drafts import OLD_ENOUGH, start_forgotten_drafts
from service.engine.engine import Engine, EngineUnavailable
from service.ledger.tables import events
from tests.engine.waiting import until_step
from tests.world import World
from workflows.domain.case_state import CaseState


class DeadEngine(Engine):
    """An engine that is away."""

    async def open_case(self, draft: CaseState) -> None:  # noqa: ARG002
        raise EngineUnavailable


async def test_a_draft_is_opened_by_the_sweeper(working: World) -> None:
    container = working.container
    away = World(replace(container, engine=DeadEngine(container.client, "nowhere")))
    with pytest.raises(EngineUnavailable):
        await away.open_case(key="the case")
    now = container.clock.now()
    later = now + OLD_ENOUGH + timedelta(seconds=1)

    assert await start_forgotten_drafts(container.database, container.engine, now) == 0
    assert await start_forgotten_drafts(container.database, container.engine, later) == 1
    assert await start_forgotten_drafts(container.database, container.engine, later) == 0

    case_id = await working.open_case(key="the case")
    await until_step(working, case_id, "job-centre", "due")


async def test_two_sweepers_at_once_open_each_draft_once(working: World) -> None:
    container = working.container
    away = World(replace(container, engine=DeadEngine(container.client, "nowhere")))
    for _ in range(5):
        with pytest.raises(EngineUnavailable):
            await away.open_case()
    later = container.clock.now() + OLD_ENOUGH + timedelta(seconds=1)

    sweep = partial(start_forgotten_drafts, container.database, container.engine, later)
    await asyncio.gather(sweep(), sweep())

    async with container.database.transaction() as connection:
        written = await connection.execute(select(events.c.case_id, events.c.seq))
        assert sorted(seq for _case, seq in written) == [1] * 5


async def test_whoever_sends_again_opens_the_draft_at_once(working: World) -> None:
    container, key = working.container, str(uuid7())
    away = World(replace(container, engine=DeadEngine(container.client, "nowhere")))
    with pytest.raises(EngineUnavailable):
        await away.open_case(key=key)

    case_id = await working.open_case(key=key)

    await until_step(working, case_id, "job-centre", "due")
