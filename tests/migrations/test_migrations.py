"""The migrations make the tables that the code knows, and take them away again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text
from uuid_utils.compat import uuid7

from service.all_tables import metadata
from service.cases.draft import Draft, write_draft
from service.cases.identity import identity_key
from service.cases.schemas import NewMember
from service.cases.tables import persons, steps
from service.database import Database
from service.installation.demo import is_demo
from service.migrate import config_for
from service.settings import Settings
from service.stack.postgres import APPLICATION
from tests.domain.households import draft_case, on_version, station
from tests.versions.newer import newer
from tests.world import PADERBORN, World


@pytest.fixture
async def migrations(settings: Settings, owner: Database) -> AsyncIterator[Config]:
    """The migrations, run to the end before and after the test."""
    assert settings.database_owner_url
    config = config_for(settings.database_owner_url.get_secret_value(), APPLICATION)
    yield config
    await asyncio.to_thread(command.upgrade, config, "head")
    await owner.dispose()


@pytest.mark.usefixtures("migrations")
async def test_the_tables_are_those_that_the_code_knows(owner: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with owner.transaction() as connection:
        assert await connection.run_sync(differences) == []


async def test_going_down_and_up_again_leaves_nothing_behind(
    migrations: Config, owner: Database
) -> None:
    await asyncio.to_thread(command.downgrade, migrations, "base")
    assert await _tables(owner) == {"alembic_version"}

    await asyncio.to_thread(command.upgrade, migrations, "head")
    assert await _tables(owner) == {"alembic_version", *metadata.tables}


async def test_a_demo_from_before_there_was_a_mark_is_marked(
    migrations: Config, database: Database, owner: Database
) -> None:
    await asyncio.to_thread(command.downgrade, migrations, "0001")
    await owner.dispose()
    async with owner.transaction() as connection:
        await connection.execute(
            text(
                "insert into idempotency_keys values (gen_random_uuid(),"
                " 'takeover:demo:household-1', '', '', gen_random_uuid(), '2026-11-04T09:00Z')"
            )
        )
    await asyncio.to_thread(command.upgrade, migrations, "head")
    await database.dispose()
    async with database.transaction() as connection:
        assert await is_demo(connection)


async def test_steps_of_before_are_described_by_the_version_of_their_path(
    migrations: Config, world: World, owner: Database
) -> None:
    database = world.container.database
    await world.publish(newer(3))
    path = on_version(3, station("job-centre")).model_copy(update={"pathway": "benefit-change"})
    async with database.transaction() as connection:
        await write_draft(connection, Draft(draft_case(path), PADERBORN, (), ()))
    await asyncio.to_thread(command.downgrade, migrations, "0005")
    await owner.dispose()
    await asyncio.to_thread(command.upgrade, migrations, "head")
    await database.dispose()
    async with database.transaction() as connection:
        assert await connection.scalar(select(steps.c.version)) == 3


async def test_people_of_before_are_recognised_and_their_cases_keep_their_names(
    migrations: Config, world: World, owner: Database
) -> None:
    database = world.container.database
    path = on_version(1, station("job-centre")).model_copy(update={"pathway": "benefit-change"})
    people = [
        NewMember(given_name=name, family_name="Haddad", birth_date=date(1990, 5, 4))
        for name in ("Mariam", "Sami")
    ]
    members = tuple((uuid7(), member) for member in people)
    async with database.transaction() as connection:
        await write_draft(connection, Draft(draft_case(path), PADERBORN, members, ()))
    await asyncio.to_thread(command.downgrade, migrations, "0008")
    await owner.dispose()
    await asyncio.to_thread(command.upgrade, migrations, "head")
    await database.dispose()
    query = select(persons.c.names_case, persons.c.identity_key).order_by(persons.c.position)
    async with database.transaction() as connection:
        found = [tuple(row) for row in await connection.execute(query)]
    keys = [identity_key(one.given_name, one.family_name, one.birth_date) for one in people]
    assert found == [(True, keys[0]), (False, keys[1])]


async def test_the_application_can_neither_change_events_nor_the_tables(
    database: Database,
) -> None:
    for forbidden in (
        "delete from events",
        "update events set action = 'x'",
        "drop table events",
        "alter table users add column x int",
        "delete from access",
        "update paths set pathway = 'x'",
        "update persons set given_name = 'x'",
        "delete from persons",
        "update pathway_versions set version = 2",
    ):
        with pytest.raises(Exception, match=r"permission denied|must be owner"):
            async with database.transaction() as connection:
                await connection.execute(text(forbidden))


async def _tables(owner: Database) -> set[str]:
    await owner.dispose()
    async with owner.transaction() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))
