"""Backups of the session's database, and empty places to bring them back to."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from pydantic import SecretStr
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from uuid_utils.compat import uuid7

from service.backup.backing_up import back_up
from service.clock import SystemClock
from service.settings import Settings
from service.stack.binaries import temporal_program
from service.stack.cluster import SUPERUSER
from service.stack.layout import DataDirectory
from service.stack.passwords import Passwords
from service.stack.ports import HOST
from tests.stack.conftest import RunningServers
from tests.world import World

PASSWORD = "p ss:w@rd/ü"
IN_AN_ADDRESS = "p%20ss%3Aw%40rd%2F%C3%BC"


@dataclass(frozen=True)
class Superuser:
    """Who makes databases and roles on the session's server."""

    port: int
    password: str

    async def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements, each by itself."""
        connection = await asyncpg.connect(
            host=HOST,
            port=self.port,
            user=SUPERUSER,
            password=self.password,
            database=database,
        )
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture
def superuser(servers: RunningServers) -> Superuser:
    """The owner of the session's server."""
    data = DataDirectory(servers.directory)
    password = Passwords.kept_in(data.passwords).superuser
    url = servers.run_file.settings["database_url"]
    return Superuser(urlsplit(url).port or 0, password)


@pytest.fixture
async def empty_database(superuser: Superuser) -> AsyncIterator[Settings]:
    """An empty database whose two roles have names of their own."""
    name = f"other_{uuid7().hex[-8:]}"
    owner, app = f"{name}_owner", f"{name}_app"
    await superuser.execute(
        f"create role {owner} login password '{PASSWORD}'",
        f"create role {app} login password '{PASSWORD}'",
        f"create database {name} owner {owner}",
    )

    def address(role: str) -> SecretStr:
        at = f"{HOST}:{superuser.port}"
        return SecretStr(f"postgresql://{role}:{IN_AN_ADDRESS}@{at}/{name}?sslmode=disable")

    yield Settings(database_owner_url=address(owner), database_url=address(app))
    await superuser.execute(
        f"drop database {name} with (force)", f"drop role {owner}", f"drop role {app}"
    )


@pytest.fixture
async def empty_servers(empty_database: Settings) -> AsyncIterator[Settings]:
    """An empty database and an engine that has never run anything."""
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(temporal_program()), data_converter=pydantic_data_converter
    ) as engine:
        address = engine.client.service_client.config.target_host
        yield empty_database.model_copy(update={"temporal_address": address})


@pytest.fixture
async def backup(world: World, tmp_path: Path) -> Path:
    """A backup of the cast's world."""
    return await back_up(world.container.settings, SystemClock(), tmp_path / "b.nahtlos", quiet)


def quiet(*_: object) -> None:
    """Hear of progress, and show none."""


def content_of(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir())
