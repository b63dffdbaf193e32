"""Who asks the engine for work."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client

POLLED_WITHIN = timedelta(seconds=75)
"""An idle worker polls again when its last poll has waited in vain, for just under a minute."""


@dataclass(frozen=True)
class Poller:
    """A worker: its name, ``PID@HOST`` unless somebody chose another, and its last poll (UTC)."""

    identity: str
    last_poll: datetime


async def recent_pollers(client: Client, task_queue: str, now: datetime) -> list[Poller]:
    """Return the workers that asked for workflow tasks lately. Raises RPCError, RuntimeError."""
    answer = await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=task_queue),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )
    )
    pollers = [Poller(p.identity, p.last_access_time.ToDatetime(UTC)) for p in answer.pollers]
    return [poller for poller in pollers if poller.last_poll >= now - POLLED_WITHIN]
