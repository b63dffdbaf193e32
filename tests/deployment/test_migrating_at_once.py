"""`migrate` started twice at once, as by two machines: one does it, the other waits and sees it."""

import asyncio
import subprocess
from pathlib import Path
from typing import Any

import asyncpg

from service.stack.ports import HOST
from tests.deployment.compose import Service
from tests.deployment.conftest import SCRIPT
from tests.deployment.database import prepared_database


async def test_two_migrations_at_once_both_end_well(
    tmp_path: Path, services: dict[str, Any]
) -> None:
    environment = services["database"]["environment"]
    async with prepared_database(tmp_path / "data", str(SCRIPT), environment) as port:
        migrate = Service(services["migrate"], {"database:5432": f"{HOST}:{port}"})
        both = [
            await asyncio.create_subprocess_exec(*migrate.command(), env=migrate.environment)
            for _ in range(2)
        ]

        assert [await process.wait() for process in both] == [0, 0]
        connection = await asyncpg.connect(migrate.environment["NAHTLOS_DATABASE_OWNER_URL"])
        assert await connection.fetchval("select count(*) from alembic_version") == 1
        await connection.close()


def test_a_database_that_is_away_is_told_in_a_sentence(services: dict[str, Any]) -> None:
    migrate = Service(services["migrate"], {"database:5432": f"{HOST}:1"})

    done = subprocess.run(
        migrate.command(), env=migrate.environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ")
    assert done.stderr.count("\n") == 1
