"""A newer version of a shipped pathway: published while paths run on the one before."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from service.pathways.files import Source
from service.pathways.proposals import propose
from service.pathways.repository import get, publish
from service.pathways.writing import text_of
from service.startdata.reference import ENGINE
from workflows.domain.pathway import Pathway

CHANGED = "school-entry"
PROPOSED = "moving"


async def publish_a_newer_version(connection: AsyncConnection, now: datetime) -> None:
    """Publish one that changes times, documents and rules, adds a step, and lets another go."""
    newest = await get(connection, ENGINE, CHANGED)
    assert newest
    definition = newest.model_dump(mode="json")
    first, *others = definition["steps"]
    first["terms"]["respond"] = "PT36H"
    first["documents"].append({"de": "Foto", "en": "Photo"})
    first["legal_basis"] = []
    added = others[-1] | {"key": "school-bus", "title": {"de": "Schulbus", "en": "School bus"}}
    newer = definition | {"version": newest.version + 1, "steps": [first, *others, added]}
    await publish(connection, ENGINE, [Pathway.model_validate(newer)], now)


async def propose_a_newer_version(connection: AsyncConnection, now: datetime) -> None:
    """Propose one that the coordination has not published by itself."""
    newest = await get(connection, ENGINE, PROPOSED)
    assert newest
    newer = newest.model_copy(update={"version": newest.version + 1, "steps": newest.steps[:-1]})
    await propose(connection, ENGINE, Source(newer, text_of(newer)), now)
