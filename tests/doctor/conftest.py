"""The running servers as the doctor sees them, and ways to break what it looks at."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
from pydantic import SecretStr
from uuid_utils.compat import uuid7

from service.doctor.examine import examine
from service.doctor.results import Check, Fault, Result, Well
from service.doctor.subject import Subject
from service.settings import Settings
from service.stack.cluster import SUPERUSER
from service.stack.layout import DataDirectory
from service.stack.passwords import Passwords
from service.stack.ports import HOST
from service.stack.postgres import APPLICATION
from tests.stack.conftest import RunningServers

ANY_PORT = 0


async def answer_of(check: Check) -> Result:
    """Run one check as the doctor does."""
    [answer] = await examine([check])
    return answer.result


async def fault_of(check: Check) -> Fault:
    """Run one check, which is to find a fault."""
    result = await answer_of(check)
    assert isinstance(result, Fault), result
    assert result.do
    return result


async def is_well(check: Check) -> bool:
    """Tell whether a check finds nothing wrong."""
    return isinstance(await answer_of(check), Well)


@pytest.fixture
def subject(servers: RunningServers) -> Subject:
    """The running servers."""
    return Subject.find(servers.directory, ANY_PORT)


@pytest.fixture
def stopped(tmp_path: Path) -> Subject:
    """A data directory on which nothing runs."""
    return Subject.find(DataDirectory.create(tmp_path / "stopped").root, ANY_PORT)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[..., Subject]:
    """Makes subjects whose servers the settings name."""

    def subject(**settings: object) -> Subject:
        data = DataDirectory(tmp_path / "none")
        return Subject(Settings.model_validate(settings), data, ANY_PORT)

    return subject


NewDatabase = Callable[..., Awaitable[SecretStr]]


@pytest.fixture
async def new_database(servers: RunningServers, settings: Settings) -> AsyncIterator[NewDatabase]:
    """Makes databases of their own, with tables of a revision if one is named."""
    assert settings.database_url
    url = urlsplit(settings.database_url.get_secret_value())
    passwords = Passwords.kept_in(servers.directory / "passwords.json")
    made: list[str] = []

    async def connect(database: str) -> asyncpg.Connection:
        return await asyncpg.connect(
            host=HOST,
            port=url.port,
            user=SUPERUSER,
            password=passwords.superuser,
            database=database,
        )

    async def make(revision: str | None = None) -> SecretStr:
        name = f"of_{uuid7().hex}"
        server = await connect("postgres")
        await server.execute(f"create database {name}")
        await server.close()
        made.append(name)
        if revision:
            database = await connect(name)
            await database.execute("create table alembic_version (version_num text)")
            await database.execute("insert into alembic_version values ($1)", revision)
            await database.execute(f"grant select on alembic_version to {APPLICATION}")
            await database.close()
        return SecretStr(url._replace(path=f"/{name}").geturl())

    yield make
    server = await connect("postgres")
    for name in made:
        await server.execute(f"drop database {name} with (force)")
    await server.close()
