"""PostgreSQL: a process that serves the cluster in the data directory."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from service.failure import Failure
from service.stack.account import database_account
from service.stack.binaries import postgresql_programs
from service.stack.cluster import ENVIRONMENT, SUPERUSER, Cluster
from service.stack.identity import SCHEMA, Identities
from service.stack.layout import DataDirectory
from service.stack.passwords import Passwords
from service.stack.ports import HOST
from service.stack.program import Launch

DATABASE = "nahtlos"
OWNER = "nahtlos_owner"
APPLICATION = "nahtlos_app"

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    # What was confirmed to a person survives a power cut.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and the rows that they failed on hold names: they stay out of the log. So does
    # the failure itself, which may quote a value; whoever sent the statement logs its code.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


class PostgreSQL:
    """The embedded database server."""

    name = "postgresql"

    def __init__(self, data: DataDirectory, port: int) -> None:
        account = database_account(data.cluster)
        programs = postgresql_programs(shared=account is not None)
        self._data = data
        self._port = port
        self._cluster = Cluster(data.cluster, account, programs)
        self._identities = Identities(data.identities)
        self._passwords = Passwords.kept_in(data.passwords)

    @property
    def owner_url(self) -> str:
        """Address for the role that owns the tables."""
        return self._url(OWNER, self._passwords.owner)

    @property
    def application_url(self) -> str:
        """Address for the role that the service works under."""
        return self._url(APPLICATION, self._passwords.application)

    def _url(self, role: str, password: str) -> str:
        return f"postgresql://{role}:{password}@{HOST}:{self._port}/{DATABASE}"

    async def prepare(self) -> None:
        """Create the cluster at the first start; clear up after a server that was killed."""
        self._cluster.refuse_other_version()
        log = self._data.logs / "initdb.log"
        await asyncio.to_thread(self._cluster.create, self._passwords.superuser, log)
        await asyncio.to_thread(self._cluster.unlock)

    def launch(self) -> Launch:
        """Start the server; stop it without waiting for its clients (fast shutdown)."""
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        return Launch(
            command=(
                *(str(self._cluster.programs / "postgres"), "-D", self._cluster.known_as),
                *("-p", str(self._port), *settings),
            ),
            environment=ENVIRONMENT,
            directory=self._data.cluster,
            account=self._cluster.account,
            stop_signal=signal.SIGINT,
            # Ends the server's own children too; the next start recovers.
            death_signal=signal.SIGQUIT,
            patience=60.0,
        )

    async def ready(self, pid: int) -> bool:
        """Whether the server of our cluster is process `pid` and accepts connections.

        Raises Failure if the cluster is not the one that this data directory was made with.
        """
        if not self._says_ready(pid):
            return False
        async with self._superuser() as connection:
            identity = str(
                await connection.fetchval("SELECT system_identifier FROM pg_control_system()")
            )
        if self._identities.known(self.name) not in (None, identity):
            raise Failure(
                f"{self._data.cluster} is not the database that this data directory was made "
                f"with: put the right one back, or remove {self._data.identities}."
            )
        self._identities.remember(self.name, identity)
        return True

    def _says_ready(self, pid: int) -> bool:
        """Read what the server wrote into its cluster: process id first, state in line 8."""
        try:
            lines = self._cluster.lock.read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[:1] == [str(pid)] and [line.strip() for line in lines[7:]] == ["ready"]

    async def create_database(self) -> None:
        """Create what is missing of the two roles and the database."""
        async with self._superuser() as connection:
            for role, password in (
                (OWNER, self._passwords.owner),
                (APPLICATION, self._passwords.application),
            ):
                if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                    await connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
            if not await connection.fetchval(
                "SELECT 1 FROM pg_database WHERE datname = $1", DATABASE
            ):
                await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
            await connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
            await connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION}")

    async def note_revision(self) -> None:
        """Remember the revision of the tables, so that a stopped stack can tell it."""
        async with self._superuser(DATABASE) as connection:
            if await connection.fetchval("SELECT to_regclass('alembic_version')"):
                revision = await connection.fetchval("SELECT version_num FROM alembic_version")
                self._identities.remember(SCHEMA, str(revision))

    @asynccontextmanager
    async def _superuser(self, database: str = "postgres") -> AsyncIterator[asyncpg.Connection]:
        try:
            connection = await asyncpg.connect(
                host=HOST,
                port=self._port,
                user=SUPERUSER,
                password=self._passwords.superuser,
                database=database,
                ssl=False,
            )
        except asyncpg.InvalidPasswordError:
            raise Failure(
                f"PostgreSQL refuses the passwords in {self._data.passwords}: put back the file "
                "that belongs to this data directory."
            ) from None
        try:
            yield connection
        finally:
            await connection.close()
