"""The published pathways, for programs."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from service.pathways.repository import get, newest
from service.web.api_document import READING_ONE, refusals
from service.web.dependencies import Caller, Db
from service.web.problems import not_found
from workflows.domain.joins import Key
from workflows.domain.pathway import Pathway, Texts

router = APIRouter(tags=["pathways"])


class PathwayLine(BaseModel):
    """A pathway in a list: its newest version."""

    key: Key
    version: int
    title: Texts
    summary: Texts
    steps: list[Key]


class PathwayList(BaseModel):
    """Every pathway, by key. There are few: ``next`` is always null."""

    items: list[PathwayLine]
    next: None = None


PathwayKey = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,59}$", examples=["benefit-change"])]


@router.get("/pathways", operation_id="listPathways", responses=refusals(401, 503))
async def pathways(database: Db, caller: Caller) -> PathwayList:
    """List the pathways that a new case can run."""
    async with database.transaction() as connection:
        found = await newest(connection, caller)
    return PathwayList(
        items=[
            PathwayLine(
                key=pathway.key,
                version=pathway.version,
                title=pathway.title,
                summary=pathway.summary,
                steps=[step.key for step in pathway.steps],
            )
            for pathway in found
        ]
    )


@router.get("/pathways/{key}", operation_id="getPathway", responses=refusals(*READING_ONE))
async def pathway(key: PathwayKey, database: Db, caller: Caller) -> Pathway:
    """Return the newest version: its steps, what they come after, their data, terms and rules."""
    async with database.transaction() as connection:
        found = await get(connection, caller, key)
    if found is None:
        raise not_found()
    return found
