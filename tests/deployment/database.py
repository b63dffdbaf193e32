"""A PostgreSQL server such as the image's: empty, then prepared by docker-compose.yml's script."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from service.stack.binaries import postgresql_programs
from service.stack.cluster import SUPERUSER
from service.stack.layout import DataDirectory
from service.stack.passwords import Passwords
from service.stack.ports import HOST, Ports
from service.stack.postgres import PostgreSQL
from service.stack.supervisor import Supervisor
from service.stack.tether import this_systems_tether


@asynccontextmanager
async def prepared_database(
    directory: Path, script: str, environment: Mapping[str, str]
) -> AsyncIterator[int]:
    """Start a server, run the script as the image does, and give its port."""
    data = DataDirectory.create(directory)
    port = Ports(data.ports).of("postgresql")
    async with Supervisor(data.logs, this_systems_tether(), print, lambda: None) as supervisor:
        await supervisor.start(PostgreSQL(data, port))
        psql = await asyncio.create_subprocess_exec(
            *(str(postgresql_programs(shared=False) / "psql"), "--no-psqlrc", "--quiet"),
            *("--set", "ON_ERROR_STOP=1", "--host", HOST, "--port", str(port)),
            *("--username", SUPERUSER, "--dbname", "postgres", "--file", script),
            env={**environment, "PGPASSWORD": Passwords.kept_in(data.passwords).superuser},
        )
        assert await psql.wait() == 0
        yield port
