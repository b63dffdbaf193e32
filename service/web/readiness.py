"""Whether people can work: database, engine and a worker can be reached, and the tables fit."""

import asyncio
from dataclasses import asdict, dataclass

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from temporalio.service import RPCError

from service.bootstrap import Container
from service.database import Database
from service.engine.pollers import Poller, recent_pollers
from service.schema import DATABASE_AWAY, find_fault
from service.web.parts import Parts

SECONDS_TO_ANSWER = 2.0

router = APIRouter()


@dataclass(frozen=True)
class Readiness:
    """Which parts answer, and what stands against the tables."""

    database: bool
    engine: bool
    worker: bool
    problem: str | None = None
    """A sentence, if the tables are those of another version."""

    @property
    def ready(self) -> bool:
        """Tell whether all of them do, and nothing stands against it."""
        return self.database and self.engine and self.worker and not self.problem


@router.get("/readyz")
async def readyz(parts: Parts) -> Response:
    """Answer 200 if everything can be reached, else 503; either way say what can.

    ``problem`` is there when the tables are those of another version: one sentence.
    """
    found = await readiness(parts)
    told = {name: value for name, value in asdict(found).items() if value is not None}
    return JSONResponse({"ready": found.ready, **told}, 200 if found.ready else 503)


async def readiness(parts: Container) -> Readiness:
    """Ask every part at once; each has two seconds to answer."""
    (database, problem), pollers = await asyncio.gather(_look_at(parts.database), _pollers(parts))
    return Readiness(
        database=database,
        engine=pollers is not None,
        worker=bool(pollers),
        problem=problem,
    )


async def _look_at(database: Database) -> tuple[bool, str | None]:
    """Return whether the database answers, and what is wrong with its tables."""
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            return True, await find_fault(database)
    except DATABASE_AWAY:
        return False, None


async def _pollers(parts: Container) -> list[Poller] | None:
    """Return the workers that asked for work lately; None if the engine does not answer."""
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            return await recent_pollers(parts.client, parts.engine.task_queue, parts.clock.now())
    except (RPCError, RuntimeError, OSError):
        # A client that was never connected says RuntimeError.
        return None
