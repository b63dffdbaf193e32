"""The script that prepares the database server of the image: each role can do its part only."""

from pathlib import Path
from typing import Any

import asyncpg
import pytest

from service.stack.ports import HOST
from tests.deployment.compose import VALUES
from tests.deployment.conftest import SCRIPT
from tests.deployment.database import prepared_database

PASSWORDS = {
    "nahtlos_owner": VALUES["NAHTLOS_OWNER_PASSWORD"],
    "nahtlos_app": VALUES["NAHTLOS_APP_PASSWORD"],
    "temporal": VALUES["TEMPORAL_DATABASE_PASSWORD"],
}


async def test_each_role_reaches_its_own_databases_only(
    tmp_path: Path, services: dict[str, Any]
) -> None:
    environment = services["database"]["environment"]
    async with prepared_database(tmp_path / "data", str(SCRIPT), environment) as port:

        async def execute(role: str, database: str, statement: str) -> None:
            connection = await asyncpg.connect(
                *(f"postgresql://{HOST}:{port}/{database}",), user=role, password=PASSWORDS[role]
            )
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        await execute("nahtlos_owner", "nahtlos", "create table things (id int)")
        await execute("temporal", "temporal", "create table things (id int)")
        await execute("temporal", "temporal_visibility", "create extension btree_gin")
        for role, database, statement in (
            ("nahtlos_app", "nahtlos", "create table more_things (id int)"),
            ("nahtlos_app", "nahtlos", "select * from things"),
            ("nahtlos_app", "temporal", "select 1"),
            ("temporal", "nahtlos", "select 1"),
            ("nahtlos_owner", "temporal_visibility", "select 1"),
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await execute(role, database, statement)
