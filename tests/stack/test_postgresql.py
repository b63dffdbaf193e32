import os
import subprocess
from collections.abc import AsyncIterator

import asyncpg
import psutil
import pytest

from tests.stack.conftest import RunningServers


@pytest.fixture
async def owner(running: RunningServers) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(running.run_file.settings["database_owner_url"])
    yield connection
    await connection.close()


@pytest.fixture
async def application(running: RunningServers) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(running.run_file.settings["database_url"])
    yield connection
    await connection.close()


async def test_the_owner_creates_tables_and_extensions(owner: asyncpg.Connection) -> None:
    await owner.execute("CREATE EXTENSION pg_trgm; CREATE TABLE mine (i int)")
    assert await owner.fetchval("SELECT 'mine'::regclass::oid") > 0


async def test_the_application_creates_nothing(application: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await application.execute("CREATE TABLE theirs (i int)")


async def test_neither_role_is_superuser(
    owner: asyncpg.Connection, application: asyncpg.Connection
) -> None:
    for connection in (owner, application):
        assert await connection.fetchval("SHOW is_superuser") == "off"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("listen_addresses", "127.0.0.1"),
        ("password_encryption", "scram-sha-256"),
        ("TimeZone", "UTC"),
    ],
)
async def test_the_server_is_durable_and_private(
    owner: asyncpg.Connection, setting: str, value: str
) -> None:
    assert await owner.fetchval("SELECT current_setting($1)", setting) == value


async def test_upper_and_lower_case_know_umlauts(owner: asyncpg.Connection) -> None:
    assert await owner.fetchval("SELECT lower('ÄÖÜ')") == "äöü"


async def test_a_wrong_password_is_refused(running: RunningServers) -> None:
    url = running.run_file.settings["database_url"]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(url, password="wrong")


async def test_a_failing_statement_leaves_no_value_in_the_log(
    owner: asyncpg.Connection, running: RunningServers
) -> None:
    await owner.execute("CREATE TEMP TABLE people (name text UNIQUE)")
    await owner.execute("INSERT INTO people VALUES ('Halima Test')")
    with pytest.raises(asyncpg.UniqueViolationError):
        await owner.execute("INSERT INTO people VALUES ('Halima Test')")
    with pytest.raises(asyncpg.InvalidTextRepresentationError):
        await owner.fetchval("SELECT CAST(CAST($1 AS text) AS uuid)", "Halima Test")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(running.run_file.settings["database_url"], password="wrong")
    log = (running.directory / "logs" / "postgresql.log").read_text()
    assert "password authentication failed" in log
    assert "Halima" not in log


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account to run it under")
def test_under_root_the_server_runs_as_somebody_who_cannot_reach_the_data_by_path(
    running: RunningServers,
) -> None:
    parent = running.directory.parent
    parent.chmod(0o700)
    server = psutil.Process(running.run_file.children["postgresql"].pid)
    account = server.uids().real
    assert account != 0
    assert server.gids().real != 0
    assert server.cwd() == str(running.directory / "postgresql")
    listing = subprocess.run(
        ("/bin/ls", parent), user=account, extra_groups=[], capture_output=True, check=False
    )
    assert listing.returncode != 0
