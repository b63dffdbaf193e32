"""Whether people can work: the database, the engine and a worker can be reached."""

import asyncio
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import asyncpg
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from service.bootstrap import Container
from service.database import Database
from service.web.parts import Parts

SECONDS_TO_ANSWER = 2.0

POLLED_WITHIN = timedelta(seconds=75)
"""An idle worker polls again when its last poll has waited in vain, for just under a minute."""

router = APIRouter()


@dataclass(frozen=True)
class Readiness:
    """Which parts answer."""

    database: bool
    engine: bool
    worker: bool

    @property
    def ready(self) -> bool:
        """Tell whether all of them do."""
        return self.database and self.engine and self.worker


@router.get("/readyz")
async def readyz(parts: Parts) -> Response:
    """Answer 200 if everything can be reached, else 503; either way say what can."""
    found = await readiness(parts)
    return JSONResponse({"ready": found.ready, **asdict(found)}, 200 if found.ready else 503)


async def readiness(parts: Container) -> Readiness:
    """Ask every part at once; each has two seconds to answer."""
    database, polls = await asyncio.gather(
        _database_answers(parts.database), _polls(parts.client, parts.engine.task_queue)
    )
    recently = parts.clock.now() - POLLED_WITHIN
    return Readiness(
        database=database,
        engine=polls is not None,
        worker=any(poll >= recently for poll in polls or ()),
    )


async def _database_answers(database: Database) -> bool:
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER), database.transaction() as connection:
            await connection.execute(text("select 1"))
    except (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        return False
    return True


async def _polls(client: Client, task_queue: str) -> list[datetime] | None:
    """Return when each worker last asked for work (UTC); None if the engine does not answer."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            answer = await client.workflow_service.describe_task_queue(request)
    except (RPCError, RuntimeError, OSError):
        # A client that was never connected says RuntimeError.
        return None
    return [poller.last_access_time.ToDatetime(UTC) for poller in answer.pollers]
