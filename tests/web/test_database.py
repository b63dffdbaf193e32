"""Transactions."""

import asyncio
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from service.database import Database
from service.settings import Settings


async def _municipalities(database: Database) -> int:
    async with database.transaction() as connection:
        count = await connection.execute(text("SELECT count(*) FROM municipalities"))
        return int(count.scalar_one())


INSERT = text("INSERT INTO municipalities (ags, name, sort_key) VALUES ('05774032', :name, 'p')")


async def test_a_transaction_is_kept_as_a_whole(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(INSERT, {"name": "Paderborn"})
    assert await _municipalities(database) == 1


async def test_an_error_takes_everything_back(database: Database) -> None:
    async def half_done() -> None:
        async with database.transaction() as connection:
            await connection.execute(INSERT, {"name": "Paderborn"})
            raise KeyError

    with pytest.raises(KeyError):
        await half_done()
    assert await _municipalities(database) == 0


async def test_connections_that_the_server_has_cut_are_replaced_unnoticed(
    database: Database,
) -> None:
    at_once = 5

    async def work() -> int:
        async with database.transaction() as connection:
            await connection.execute(text("SELECT pg_sleep(0.05)"))
            pid = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            return int(pid)

    before = await asyncio.gather(*(work() for _ in range(at_once)))
    assert len(set(before)) == at_once
    async with database.transaction() as connection:
        gone = await connection.scalars(
            text(
                "SELECT pid, pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                "WHERE usename = current_user AND pid <> pg_backend_pid()"
            )
        )
    cut = set(gone) & set(before)
    await asyncio.sleep(0.1)  # the driver reads it in its next turn

    after = await asyncio.gather(*(work() for _ in range(at_once)))
    assert len(cut) >= at_once - 1
    assert not cut & set(after)


async def test_of_several_servers_the_one_that_takes_changes_is_found(settings: Settings) -> None:
    assert settings.database_url
    there = urlsplit(settings.database_url.get_secret_value())
    before, _, at = there.netloc.rpartition("@")
    both = there._replace(
        netloc=f"{before}@127.0.0.1:1,{at}", query="target_session_attrs=read-write"
    )
    database = Database(both.geturl())
    assert await _municipalities(database) >= 0
    await database.dispose()


async def test_times_are_utc(database: Database) -> None:
    async with database.transaction() as connection:
        assert (await connection.execute(text("SHOW timezone"))).scalar() == "UTC"


async def test_an_error_does_not_repeat_the_parameters(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with database.transaction() as connection:
            await connection.execute(INSERT, {"name": "Amina\x00Haddad"})
    assert "Amina" not in str(caught.value)


async def test_tls_is_asked_for_as_the_address_says(settings: Settings) -> None:
    assert settings.database_url
    strict = Database(f"{settings.database_url.get_secret_value()}?sslmode=require")
    with pytest.raises(ConnectionError):
        async with strict.transaction():
            pass
    await strict.dispose()
