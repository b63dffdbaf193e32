"""The worker of the bench: ours with everything it does, and the minimal one, in one process."""

import asyncio
import signal

from temporalio.client import Client
from temporalio.worker import Worker

from service.bootstrap import container_for
from service.engine.drafts import sweep_drafts
from service.garbage import spare_what_is_loaded
from service.notifications.dispatcher import dispatch_mail
from service.settings import Settings
from service.worker import (
    CACHED_WORKFLOWS,
    GRACE,
    TAKEN_OVER_AFTER,
    Ports,
    build_worker,
    workflow_runner,
)
from tests.bench import minimal


async def work() -> None:
    """Work until the process is told to stop."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with container_for(Settings(), for_worker=True) as container:
        side_jobs = [
            asyncio.create_task(dispatch_mail(container)),
            asyncio.create_task(sweep_drafts(container)),
        ]
        ports = Ports.on(container.database)
        async with (
            build_worker(container.client, ports, container.engine.task_queue),
            build_minimal_worker(container.client),
        ):
            spare_what_is_loaded()
            await stop.wait()
        for job in side_jobs:
            job.cancel()
        await asyncio.gather(*side_jobs, return_exceptions=True)


def build_minimal_worker(client: Client) -> Worker:
    """Return a worker with the settings of ours."""
    return Worker(
        client,
        task_queue=minimal.TASK_QUEUE,
        workflows=[
            minimal.MinimalReferral,
            minimal.MinimalActs,
            minimal.MinimalAct,
            minimal.MinimalTimer,
        ],
        activities=[minimal.no_op],
        workflow_runner=workflow_runner(),
        max_cached_workflows=CACHED_WORKFLOWS,
        sticky_queue_schedule_to_start_timeout=TAKEN_OVER_AFTER,
        graceful_shutdown_timeout=GRACE,
    )


if __name__ == "__main__":
    asyncio.run(work())
