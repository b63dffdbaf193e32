"""The real parts for every test: PostgreSQL, Temporal, the worker, and the cast's own world."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import delete, text
from uuid_utils.compat import uuid7

from service import migrate
from service.all_tables import metadata
from service.bootstrap import Container
from service.clock import SystemClock
from service.database import Database
from service.engine.client import connect
from service.engine.engine import Engine
from service.settings import Settings
from tests.stack.conftest import RunningServers
from tests.world import World, make_world

# Deleting the few rows of a test takes a tenth of the time of "truncate", which makes new files.
EMPTY_EVERYTHING = " ".join(
    ["do $$ begin", *(f"{delete(table)};" for table in reversed(metadata.sorted_tables)), "end $$"]
)


def pytest_xdist_auto_num_workers() -> int:
    """Run one more than there are cores: tests wait for servers and browsers much of the time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServers]:
    """PostgreSQL, Temporal and the mail catcher, running for the whole session."""
    servers = RunningServers(tmp_path_factory.mktemp("servers") / "data")
    try:
        yield servers.wait_until_ready()
    finally:
        servers.stop()


@pytest.fixture(scope="session")
def settings(servers: RunningServers) -> Settings:
    """Where those servers are. The tables are there, made by the migrations."""
    settings = Settings.model_validate(servers.run_file.settings)
    migrate.run(settings)
    return settings


@pytest.fixture(scope="session")
async def owner(settings: Settings) -> AsyncIterator[Database]:
    """The database as the role that owns the tables."""
    assert settings.database_owner_url
    database = Database(settings.database_owner_url.get_secret_value())
    yield database
    await database.dispose()


@pytest.fixture(scope="session")
async def shared_container(settings: Settings) -> AsyncIterator[Container]:
    """The parts as the composition root puts them together, with the application's role."""
    assert settings.database_url
    database = Database(settings.database_url.get_secret_value())
    client = await connect(settings, lazily=False)
    yield Container(settings, SystemClock(), database, client, Engine(client))
    await database.dispose()


@pytest.fixture
async def database(owner: Database, shared_container: Container) -> Database:
    """The database on empty tables, as the application's role."""
    async with owner.transaction() as connection:
        await connection.execute(text(EMPTY_EVERYTHING))
    return shared_container.database


@pytest.fixture
def container(database: Database, shared_container: Container) -> Container:
    """The parts, on empty tables, with a task queue of this test's own."""
    engine = Engine(shared_container.client, f"test-{uuid7()}")
    return replace(shared_container, database=database, engine=engine)


@pytest.fixture
async def world(container: Container) -> World:
    """The cast's agencies, accounts and pathways."""
    return await make_world(container)


@pytest.fixture
async def working(world: World) -> AsyncIterator[World]:
    """The cast's world with a worker that serves it."""
    async with world.worker():
        yield world
