"""The composition root: reads the settings once and puts the parts together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from temporalio.client import Client

from service.clock import Clock, SystemClock
from service.database import Database
from service.engine.client import connect
from service.engine.engine import Engine
from service.settings import Settings

if TYPE_CHECKING:
    from service.telemetry import Telemetry


@dataclass(frozen=True)
class Container:
    """The parts that every process shares."""

    settings: Settings
    clock: Clock
    database: Database
    client: Client
    engine: Engine


@asynccontextmanager
async def container_for(
    settings: Settings, *, for_worker: bool = False, telemetry: "Telemetry | None" = None
) -> AsyncIterator[Container]:
    """Build the parts and give their connections back at the end.

    ``telemetry`` is that of a long-running process; a command has none.
    """
    if settings.database_url is None:
        raise RuntimeError("NAHTLOS_DATABASE_URL is not set")
    client = await connect(
        settings,
        lazily=not for_worker,
        runtime=telemetry.runtime if telemetry else None,
        interceptors=telemetry.interceptors() if telemetry else (),
    )
    database = Database(settings.database_url.get_secret_value())
    try:
        yield Container(
            settings=settings,
            clock=SystemClock(),
            database=database,
            client=client,
            engine=Engine(client),
        )
    finally:
        await database.dispose()
