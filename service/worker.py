"""The worker process: runs the workflows and their activities, sends mail, restarts drafts."""

import asyncio
import logging
import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.bases import BasisActivities
from activities.calendar import CalendarActivities
from activities.ledger import LedgerActivities
from activities.ports import Bases, Calendar, Ledger
from service.bootstrap import Container, container_for
from service.calendar import PostgresCalendar
from service.cases.bases import PostgresBases
from service.database import Database
from service.engine.awaiting import until_the_engine_answers
from service.engine.drafts import sweep_drafts
from service.engine.runtime import LedgerDelay
from service.garbage import spare_what_is_loaded
from service.ledger.ledger import PostgresLedger
from service.ledger.timed import TimedLedger
from service.notifications.dispatcher import dispatch_mail
from service.schema import until_the_tables_fit
from service.settings import Settings
from service.takeover.carrying_on import carry_on_takeovers
from service.telemetry import Telemetry, telemetry_of
from workflows.case_workflow import CaseWorkflow
from workflows.referral_workflow import ReferralWorkflow

CACHED_WORKFLOWS = 500
"""About 70 MB of memory; workflows beyond that are replayed when they are needed again."""

TAKEN_OVER_AFTER = timedelta(seconds=2)
"""When a worker dies, another one takes up its workflows after this time."""

GRACE = timedelta(seconds=10)

log = logging.getLogger(__name__)


def run(settings: Settings) -> NoReturn:
    """Work until the process is told to stop (SIGINT, SIGTERM)."""
    with telemetry_of("worker", settings) as telemetry:
        asyncio.run(_work(settings, telemetry))
    # Everything is closed. The SDK's own threads can crash Python's clearing up
    # (temporalio/sdk-python#300), so the process ends without it.
    os._exit(0)


@dataclass(frozen=True)
class Ports:
    """What the activities of a worker stand on."""

    ledger: Ledger
    calendar: Calendar
    bases: Bases

    @classmethod
    def on(cls, database: Database, ledger: Ledger | None = None) -> "Ports":
        """Return the real ones; another ``ledger`` takes the place of the plain one."""
        return cls(
            ledger=ledger or PostgresLedger(database),
            calendar=PostgresCalendar(database),
            bases=PostgresBases(database),
        )


def build_worker(client: Client, ports: Ports, task_queue: str) -> Worker:
    """Return a worker for every workflow and activity of ours."""
    recording = LedgerActivities(ports.ledger)
    deadlines = CalendarActivities(ports.calendar)
    bases = BasisActivities(ports.bases)
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[CaseWorkflow, ReferralWorkflow],
        activities=[
            recording.record_case,
            recording.record_referral,
            deadlines.find_deadlines,
            bases.find_steps_without_basis,
        ],
        workflow_runner=workflow_runner(),
        max_cached_workflows=CACHED_WORKFLOWS,
        sticky_queue_schedule_to_start_timeout=TAKEN_OVER_AFTER,
        graceful_shutdown_timeout=GRACE,
    )


def workflow_runner() -> UnsandboxedWorkflowRunner:
    """Return how workflows run: without the SDK's sandbox, which costs a third of a worker.

    What it would catch, the linter refuses in ``workflows/``, and the tests replay inside it.
    """
    return UnsandboxedWorkflowRunner()


async def _work(settings: Settings, telemetry: Telemetry) -> None:
    await until_the_engine_answers(settings)
    async with container_for(settings, for_worker=True, telemetry=telemetry) as container:
        await until_the_tables_fit(container.database)
        # Until here a signal ends the process at once; from here on it ends in order.
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        delay = LedgerDelay(telemetry.runtime)
        ledger = TimedLedger(PostgresLedger(container.database), container.clock, delay.observe)
        await _work_with(container, ledger, stop)


async def _work_with(container: Container, ledger: Ledger, stop: asyncio.Event) -> None:
    side_jobs = [
        asyncio.create_task(dispatch_mail(container)),
        asyncio.create_task(sweep_drafts(container)),
        asyncio.create_task(carry_on_takeovers(container)),
    ]
    ports = Ports.on(container.database, ledger)
    async with build_worker(container.client, ports, container.engine.task_queue):
        spare_what_is_loaded()
        log.info("the worker asks for work")
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({stopped, *side_jobs}, return_when=asyncio.FIRST_COMPLETED)
        # A side job runs for ever; one that ended takes the worker with it, and it starts anew.
        for job in side_jobs:
            if job.done():
                job.result()
            job.cancel()
        await asyncio.gather(*side_jobs, return_exceptions=True)
