"""The worker process: runs the workflows and their activities, sends mail, restarts drafts."""

import asyncio
import logging
import signal
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.calendar import CalendarActivities
from activities.ledger import LedgerActivities
from activities.ports import Ledger
from service.bootstrap import Container, container_for
from service.calendar import StateCalendar
from service.engine.drafts import sweep_drafts
from service.ledger.ledger import PostgresLedger
from service.notifications.dispatcher import dispatch_mail
from service.settings import Settings
from workflows.case_workflow import CaseWorkflow
from workflows.referral_workflow import ReferralWorkflow

CACHED_WORKFLOWS = 500
"""About 70 MB of memory; workflows beyond that are replayed when they are needed again."""

TAKEN_OVER_AFTER = timedelta(seconds=2)
"""When a worker dies, another one takes up its workflows after this time."""

GRACE = timedelta(seconds=10)


def run(settings: Settings) -> None:
    """Work until the process is told to stop (SIGINT, SIGTERM)."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(_work(settings))


def build_worker(client: Client, ledger: Ledger, task_queue: str) -> Worker:
    """Return a worker for every workflow and activity of ours."""
    recording = LedgerActivities(ledger)
    calendar = CalendarActivities(StateCalendar())
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[CaseWorkflow, ReferralWorkflow],
        activities=[recording.record_case, recording.record_referral, calendar.find_deadlines],
        workflow_runner=workflow_runner(),
        max_cached_workflows=CACHED_WORKFLOWS,
        sticky_queue_schedule_to_start_timeout=TAKEN_OVER_AFTER,
        graceful_shutdown_timeout=GRACE,
    )


def workflow_runner() -> SandboxedWorkflowRunner:
    """Return the sandbox that workflows run in; our own pure modules are shared, not reloaded."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(
            "workflows", "pydantic", "pydantic_core", "annotated_types", "holidays"
        )
    )


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with container_for(settings, for_worker=True) as container:
        await _work_with(container, stop)


async def _work_with(container: Container, stop: asyncio.Event) -> None:
    side_jobs = [
        asyncio.create_task(dispatch_mail(container)),
        asyncio.create_task(sweep_drafts(container)),
    ]
    ledger = PostgresLedger(container.database)
    async with build_worker(container.client, ledger, container.engine.task_queue):
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({stopped, *side_jobs}, return_when=asyncio.FIRST_COMPLETED)
        # A side job runs for ever; one that ended takes the worker with it, and it starts anew.
        for job in side_jobs:
            if job.done():
                job.result()
            job.cancel()
        await asyncio.gather(*side_jobs, return_exceptions=True)
