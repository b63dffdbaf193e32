"""What comes with Nahtlos is published at the start, and never overrules the coordination."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from service.editor.publishing import publish_next
from service.editor.repository import newest_edition
from service.editor.schemas import NextVersion
from service.pathways.files import Source, read_sources, shipped_files
from service.pathways.proposals import open_proposals, settle
from service.pathways.repository import VersionTaken, get, versions_of
from service.pathways.shipping import ship
from service.pathways.version_line import without_version
from tests.cast import ANNA, KATJA
from tests.world import World
from workflows.domain.principal import Principal

ENGINE = Principal.system()
NOW = datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
[SCHOOL] = read_sources(file for file in shipped_files() if file.stem == "school-entry")


def shipped(version: int, respond: str) -> Source:
    """Return a later release's file, in which agencies have another time for their answer."""
    text = without_version(SCHOOL.text).numbered(version)
    text = text.replace("respond: 5 working days", f"respond: {respond}")
    step = SCHOOL.pathway.steps
    changed = tuple(
        one.model_copy(update={"terms": type(one.terms).model_validate(_terms(one.terms, respond))})
        for one in step
    )
    return Source(SCHOOL.pathway.model_copy(update={"version": version, "steps": changed}), text)


def _terms(terms: object, respond: str) -> dict[str, object]:
    written: dict[str, object] = terms.model_dump(mode="json")  # type: ignore[attr-defined]
    return written | {"respond": respond} if written["respond"] == "5 working days" else written


async def start(world: World, *sources: Source) -> None:
    """Start Nahtlos with these files."""
    async with world.container.database.transaction() as connection:
        await ship(connection, ENGINE, sources, NOW)


async def write(world: World, respond: str, based_on: int, proposal: int | None = None) -> None:
    """Publish Katja's own version."""
    text = shipped(1, respond).text
    body = NextVersion(text=text, note="Wegen der Ferien.", based_on=based_on, proposal=proposal)
    await publish_next(world.container, KATJA, SCHOOL.pathway.key, body, f"{respond} {based_on}")


async def numbers(connection: AsyncConnection) -> list[tuple[int, str | None]]:
    found = await versions_of(connection, KATJA, SCHOOL.pathway.key)
    return [(one.pathway.version, one.by) for one in found]


async def test_the_text_of_a_shipped_file_is_kept_with_its_comments(world: World) -> None:
    await start(world, SCHOOL)
    async with world.container.database.transaction() as connection:
        edition = await newest_edition(connection, KATJA, SCHOOL.pathway.key)
    assert edition
    assert edition.text == SCHOOL.text
    assert edition.pathway == SCHOOL.pathway


async def test_of_what_was_published_before_texts_were_kept_the_text_is_written(
    world: World,
) -> None:
    async with world.container.database.transaction() as connection:
        edition = await newest_edition(connection, KATJA, "benefit-change")
    assert edition
    assert edition.text.startswith("key: benefit-change\nversion: 1\ntitle:\n  de: Rechtskreis")


async def test_a_newer_file_is_published_while_the_pathway_is_as_it_came(world: World) -> None:
    await start(world, SCHOOL)
    await start(world, shipped(3, "4 working days"))
    async with world.container.database.transaction() as connection:
        assert await numbers(connection) == [(3, None), (2, None)]
        assert await open_proposals(connection, KATJA) == {}


async def test_a_newer_file_is_proposed_where_the_coordination_has_its_own(world: World) -> None:
    await start(world, SCHOOL)
    await write(world, "7 working days", 2)
    for _ in range(2):
        await start(world, shipped(3, "4 working days"))
    async with world.container.database.transaction() as connection:
        assert await numbers(connection) == [(3, "Katja König"), (2, None)]
        found = await open_proposals(connection, KATJA)
        assert await open_proposals(connection, ANNA) == {}
    assert list(found) == [SCHOOL.pathway.key]
    proposal = found[SCHOOL.pathway.key]
    assert (proposal.pathway, proposal.text) == (
        shipped(3, "4 working days").pathway,
        shipped(3, "4 working days").text,
    )


async def test_the_same_release_started_again_proposes_nothing(world: World) -> None:
    await start(world, SCHOOL)
    await write(world, "7 working days", 2)
    await start(world, SCHOOL)
    async with world.container.database.transaction() as connection:
        assert await open_proposals(connection, KATJA) == {}
        assert await numbers(connection) == [(3, "Katja König"), (2, None)]


async def test_what_the_coordination_says_already_is_not_proposed(world: World) -> None:
    await start(world, SCHOOL)
    await write(world, "4 working days", 2)
    await start(world, shipped(3, "4 working days"))
    async with world.container.database.transaction() as connection:
        assert await open_proposals(connection, KATJA) == {}


async def test_a_proposal_that_is_taken_up_is_settled_for_good(world: World) -> None:
    await start(world, SCHOOL)
    await write(world, "7 working days", 2)
    later = shipped(3, "4 working days")
    await start(world, later)
    await write(world, "6 working days", 3, proposal=3)
    await start(world, later)
    async with world.container.database.transaction() as connection:
        assert await open_proposals(connection, KATJA) == {}
    await start(world, shipped(4, "3 working days"))
    async with world.container.database.transaction() as connection:
        found = await open_proposals(connection, KATJA)
        assert found[SCHOOL.pathway.key].pathway.version == 4
        await settle(connection, KATJA, SCHOOL.pathway.key, 4, NOW)
        assert await open_proposals(connection, KATJA) == {}
        with pytest.raises(PermissionError):
            await settle(connection, ANNA, SCHOOL.pathway.key, 4, NOW)


async def test_a_file_that_changed_and_kept_its_version_stops_the_start(world: World) -> None:
    await start(world, SCHOOL)
    await write(world, "7 working days", 2)
    with pytest.raises(VersionTaken, match="raise 'version' to 3 or higher in its file"):
        await start(world, shipped(2, "4 working days"))
    async with world.container.database.transaction() as connection:
        assert await get(connection, ANNA, SCHOOL.pathway.key, 2) == SCHOOL.pathway
