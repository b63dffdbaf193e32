"""Rehearsals of pathways, for programs."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.pathways.api import PathwayKey
from service.rehearsal.choosing import find_programme
from service.rehearsal.observing import REHEARSES
from service.rehearsal.rehearsals import On
from service.rehearsal.schemas import RehearsalAnswer
from service.rehearsal.stage import Rehearsing
from service.versions.schemas import Version
from service.web.api_document import refusals
from service.web.dependencies import Caller, Db, Now
from service.web.problems import not_found, standard_refusal

router = APIRouter(tags=["pathways"])


@router.get(
    "/pathways/{key}/rehearsal",
    operation_id="rehearsePathway",
    responses=refusals(401, 403, 404, 422, 503),
)
async def rehearsal(
    key: PathwayKey,
    database: Db,
    caller: Caller,
    now: Now,
    stage: Rehearsing,
    version: Annotated[Version | None, Query(description="The newest, unless named.")] = None,
    on: On = On.INVENTED,
) -> RehearsalAnswer:
    """Rehearse a version in skipped time, beside the one before it; nobody is written to."""
    if caller.role not in REHEARSES:
        raise standard_refusal(403)
    async with database.transaction() as connection:
        chosen = await find_programme(connection, caller, key, version, on)
    if chosen is None:
        raise not_found()
    programme, _versions, observed = chosen
    return RehearsalAnswer.of(programme, await stage.rehearse(programme, observed, now))
