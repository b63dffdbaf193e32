"""A case of a year, with thousands of acts and reminders: the engine takes it on run after run.

With full counts a year is skipped through. With small ones the hours are short, and so are the
runs.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from service.clock import Clock
from service.engine.engine import Engine
from service.ledger.tables import events
from service.stack.binaries import temporal_program
from tests.counts import FULL, ROUNDS_OF_A_LONG_CASE
from tests.engine.long_case import LongCase
from tests.engine.skipped_time import server_that_skips_time
from tests.world import World
from workflows.names import case_workflow_id, referral_workflow_id

A_YEAR = timedelta(days=365)
MOST_EVENTS_OF_A_RUN = 10_000
SHORT_RUNS = ("--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=100")
SHORT_HOUR = timedelta(seconds=0.2)
CLERKS = 5
"""So many act at once, also while a run ends; the server that skips time trips over that."""


async def test_a_long_case_goes_on_run_after_run_and_loses_no_act(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    async with _a_year_long(world) if FULL else _in_short(world) as case, case.world.worker():
        clock = case.world.container.clock
        begin = clock.now()
        await case.open()
        for number in range(1, ROUNDS_OF_A_LONG_CASE + 1):
            await case.round()
            if FULL:
                next_round = begin + number * A_YEAR / ROUNDS_OF_A_LONG_CASE
                await case.let_pass(next_round - clock.now())
        took = clock.now() - begin
        written = await _events(world)
        client = case.world.container.client
        runs = {
            workflow_id: await _events_of_the_runs(client, workflow_id) for workflow_id in written
        }

    reminders = sum(
        row.action in {"remind", "overdue"} for rows in written.values() for row in rows
    )
    acts = sum(len(receipts) for receipts in case.receipts.values()) + case.referrals_sent
    longest = max(max(lengths) for lengths in runs.values())
    report = (
        f"{acts} acts and {reminders} reminders in {took.days} days: "
        f"{sum(map(len, runs.values()))} runs of {len(runs)} workflows, "
        f"the longest with {longest} events"
    )
    record_property("long case", report)
    print(report)  # noqa: T201 - the count is what the test is asked for

    for workflow_id, rows in written.items():
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
        receipts = sorted((done.seq, done.cause) for done in case.receipts[workflow_id])
        causes = {cause for _, cause in receipts}
        assert [(row.seq, row.cause) for row in rows if row.cause in causes] == receipts
    sent = [row for row in written[case_workflow_id(case.case_id)] if row.action == "refer"]
    assert len(sent) == case.referrals_sent == len(written) - 1
    assert longest < MOST_EVENTS_OF_A_RUN
    assert len(runs[referral_workflow_id(case.job_centre)]) > 1
    assert len(runs[case_workflow_id(case.case_id)]) > 1
    if FULL:
        assert A_YEAR <= took < A_YEAR + timedelta(days=1)
        assert acts + reminders >= 2000


@asynccontextmanager
async def _a_year_long(world: World) -> AsyncIterator[LongCase]:
    async with server_that_skips_time() as time:
        there = _world_on(world, time.client, time)
        yield LongCase(there, time.pass_by, timedelta(hours=1))


@asynccontextmanager
async def _in_short(world: World) -> AsyncIterator[LongCase]:
    async def let_pass(time: timedelta) -> None:
        await asyncio.sleep(time.total_seconds())

    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(temporal_program()),
        dev_server_extra_args=SHORT_RUNS,
        data_converter=pydantic_data_converter,
    ) as environment:
        there = _world_on(world, environment.client, world.container.clock)
        yield LongCase(there, let_pass, SHORT_HOUR, clerks=CLERKS)


def _world_on(world: World, client: Client, clock: Clock) -> World:
    engine = Engine(client, world.container.engine.task_queue)
    return World(replace(world.container, client=client, engine=engine, clock=clock))


async def _events(world: World) -> dict[str, Sequence[Row[Any]]]:
    """Return what the ledger has, by workflow and in the order of the numbers."""
    query = select(events).order_by(events.c.workflow_id, events.c.seq)
    async with world.container.database.transaction() as connection:
        rows = (await connection.execute(query)).all()
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row.workflow_id)}


async def _events_of_the_runs(client: Client, workflow_id: str) -> list[int]:
    """Return how many events the history of each run has, the latest run first."""
    lengths: list[int] = []
    run_id: str | None = None
    while run_id != "":
        handle = client.get_workflow_handle(workflow_id, run_id=run_id)
        history = [event async for event in handle.fetch_history_events()]
        lengths.append(len(history))
        started = history[0].workflow_execution_started_event_attributes
        run_id = started.continued_execution_run_id
    return lengths
