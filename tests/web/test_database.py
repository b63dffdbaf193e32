"""Transactions."""

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
