"""Published versions: added once, never changed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from service.database import Database
from service.pathways.files import read_pathways, shipped_files
from service.pathways.repository import VersionTaken, get, newest, publish
from service.pathways.tables import pathway_versions
from tests.cast import AMIR, ANNA, CLARA, KATJA
from workflows.domain.pathway import Pathway, Texts
from workflows.domain.principal import Principal

NOW = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
ENGINE = Principal.system()
SHIPPED = read_pathways(shipped_files())


def changed(pathway: Pathway, version: int) -> Pathway:
    """Return the pathway under another title."""
    title = Texts(de="Anders", en="Different")
    return pathway.model_copy(update={"title": title, "version": version})


async def test_what_was_published_is_read_as_it_was_written(database: Database) -> None:
    async with database.transaction() as connection:
        assert await publish(connection, ENGINE, SHIPPED, NOW) == SHIPPED
        assert await newest(connection, AMIR) == SHIPPED
        for pathway in SHIPPED:
            assert await get(connection, CLARA, pathway.key, pathway.version) == pathway


async def test_publishing_again_adds_nothing(database: Database) -> None:
    async with database.transaction() as connection:
        await publish(connection, ENGINE, SHIPPED, NOW)
        assert await publish(connection, ENGINE, SHIPPED, NOW) == []
        assert await connection.scalar(select(func.count()).select_from(pathway_versions)) == 11


async def test_a_published_version_is_never_changed(database: Database) -> None:
    arrival = SHIPPED[0]
    async with database.transaction() as connection:
        await publish(connection, ENGINE, SHIPPED, NOW)
        with pytest.raises(VersionTaken, match="raise 'version' to 2 or higher in its file"):
            await publish(connection, ENGINE, [changed(arrival, version=1)], NOW)
        assert await get(connection, ANNA, "arrival", 1) == arrival


async def test_the_newest_version_is_the_one_with_the_highest_number(database: Database) -> None:
    arrival = SHIPPED[0]
    tenth = changed(arrival, version=10)
    async with database.transaction() as connection:
        await publish(connection, ENGINE, [tenth, arrival, changed(arrival, version=2)], NOW)
        assert await get(connection, ANNA, "arrival") == tenth
        assert await get(connection, ANNA, "arrival", 1) == arrival
        assert await newest(connection, ANNA) == [tenth]


async def test_an_unknown_pathway_or_version_is_none(database: Database) -> None:
    async with database.transaction() as connection:
        await publish(connection, ENGINE, SHIPPED, NOW)
        assert await get(connection, ANNA, "nowhere") is None
        assert await get(connection, ANNA, "arrival", 2) is None


async def test_nobody_publishes_what_comes_with_nahtlos_but_nahtlos(database: Database) -> None:
    async with database.transaction() as connection:
        for person in (ANNA, KATJA):
            with pytest.raises(PermissionError):
                await publish(connection, person, SHIPPED, NOW)
        assert await newest(connection, ANNA) == []
