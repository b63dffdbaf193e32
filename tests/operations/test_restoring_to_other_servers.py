"""A backup is brought back to servers with other names, and nowhere where something is."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import Connection, text

from service.all_tables import metadata
from service.backup.archive import opened
from service.backup.backing_up import back_up
from service.backup.restoring import restore
from service.bootstrap import container_for
from service.clock import SystemClock
from service.database import Database
from service.failure import Failure
from service.owner import owner_url
from service.settings import Settings
from tests.engine.waiting import until_step
from tests.operations.conftest import Superuser, quiet
from tests.world import World
from workflows.domain.actions import Action


def name_of(settings: Settings) -> str:
    return urlsplit(owner_url(settings)).path.removeprefix("/")


async def bring_back(file: Path, settings: Settings) -> int:
    with opened(file) as backup:
        return await restore(settings, backup, quiet)


async def test_what_ran_goes_on_there(
    working: World, empty_servers: Settings, tmp_path: Path
) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id, note="She waits at the gate.")
    accepted = await working.act(referral_id, Action.ACCEPT, key="accept once")
    file = await back_up(working.container.settings, SystemClock(), tmp_path, quiet)

    assert await bring_back(file, empty_servers) == 2

    async with container_for(empty_servers, for_worker=True) as container:
        there = World(container)
        async with there.worker():
            repeated = await there.act(referral_id, Action.ACCEPT, key="accept once")
            assert (repeated.seq, repeated.repeated) == (accepted.seq, True)
            await there.act(referral_id, Action.ARRIVE)
            await there.act(referral_id, Action.COMPLETE)
            await until_step(there, case_id, "job-centre", "done")


async def test_an_extension_of_the_servers_administrator_is_no_obstacle(
    superuser: Superuser, backup: Path, empty_servers: Settings
) -> None:
    await superuser.execute("create extension pg_stat_statements", database=name_of(empty_servers))

    assert await bring_back(backup, empty_servers) == 0


async def test_the_applications_role_may_do_there_what_it_may_do_here(
    world: World, backup: Path, empty_servers: Settings
) -> None:
    await bring_back(backup, empty_servers)

    rights = text(
        "select table_name, '', privilege_type from information_schema.role_table_grants "
        "where grantee = current_user union all "
        "select table_name, column_name, privilege_type from information_schema.role_column_grants "
        "where grantee = current_user order by 1, 2, 3"
    )

    async def rights_in(database: Database) -> list[tuple[str, ...]]:
        async with database.transaction() as connection:
            return [tuple(row) for row in await connection.execute(rights)]

    here = await rights_in(world.container.database)
    async with container_for(empty_servers) as container:
        there = await rights_in(container.database)
    assert there == here
    assert len(here) > 20


async def test_the_tables_there_are_those_that_the_code_knows(
    backup: Path, empty_servers: Settings
) -> None:
    await bring_back(backup, empty_servers)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    database = Database(owner_url(empty_servers))
    async with database.transaction() as connection:
        assert await connection.run_sync(differences) == []
        names = await connection.scalars(text("select conname from pg_constraint order by 1"))
        assert "one_recipient" in [*names]
    await database.dispose()


async def test_a_database_that_holds_something_is_left_alone(world: World, backup: Path) -> None:
    with pytest.raises(Failure, match=r"^The database is not empty: create a new one"):
        await bring_back(backup, world.container.settings)


async def test_an_engine_that_may_know_more_is_left_alone(
    working: World, backup: Path, empty_database: Settings
) -> None:
    await working.open_case()
    address = working.container.settings.temporal_address
    settings = empty_database.model_copy(update={"temporal_address": address})
    for _ in range(100):  # the engine lists a new workflow after a moment
        if (await working.container.client.count_workflows()).count:
            break
        await asyncio.sleep(0.1)

    with pytest.raises(Failure, match=r"workflows that may know more than the backup: create a"):
        await bring_back(backup, settings)


async def test_an_engine_that_is_away_is_noticed_before_anything_is_written(
    backup: Path, empty_database: Settings
) -> None:
    settings = empty_database.model_copy(update={"temporal_address": "127.0.0.1:1"})

    for _ in range(2):
        with pytest.raises(Failure, match=r"^The engine does not answer"):
            await bring_back(backup, settings)


async def test_a_restore_that_fails_in_the_middle_leaves_the_database_empty(
    backup: Path, empty_servers: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(backup) as whole:
        pieces = [*whole.pieces()]
        assert len(pieces) == 1
        half = pieces[0][: len(pieces[0]) // 2]
        monkeypatch.setattr(whole, "pieces", lambda: iter([half]))
        with pytest.raises(Failure, match=r"^The data could not be restored \(pg_restore: error:"):
            await restore(empty_servers, whole, quiet)

    await bring_back(backup, empty_servers)


async def test_a_role_that_is_missing_is_named(backup: Path, empty_servers: Settings) -> None:
    assert empty_servers.database_url
    address = empty_servers.database_url.get_secret_value().replace("_app:", "_nobody:")
    settings = empty_servers.model_copy(update={"database_url": SecretStr(address)})

    with pytest.raises(Failure, match=r"knows no role 'other_\w+_nobody'"):
        await bring_back(backup, settings)
