"""The pathways and their versions: what there is, and what a version changes, in words."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from service.pathways.api import PathwayKey
from service.pathways.proposals import open_proposals
from service.pathways.repository import EDITS, Published, newest, versions_of
from service.rehearsal.observing import REHEARSES
from service.versions.comparing import differences
from service.versions.repository import count_on_earlier
from service.versions.schemas import HIGHEST_VERSION
from service.web.dependencies import CurrentVisitor, Db, SignedIn
from service.web.problems import not_found

router = APIRouter(prefix="/pathways")

Number = Annotated[int | None, Query(ge=1, le=HIGHEST_VERSION)]


@dataclass(frozen=True)
class Compared:
    """Two versions that are compared, the earlier one first."""

    earlier: Published
    later: Published


@router.get("")
async def show_pathways(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db
) -> Response:
    """List the pathways with their newest versions; supervisors see what runs on earlier ones."""
    async with database.transaction() as connection:
        pathways = await newest(connection, principal)
        on_earlier = await count_on_earlier(connection, principal, visitor.now)
        proposals = await open_proposals(connection, principal)
    response: Response = request.app.state.pages.render(
        request,
        "pages/pathways.html",
        pathways=pathways,
        on_earlier=on_earlier,
        proposals=proposals,
        edits=principal.role in EDITS,
    )
    return response


@router.get("/{key}")
async def show_pathway(
    request: Request,
    key: PathwayKey,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    earlier: Annotated[Number, Query(alias="from")] = None,
    later: Annotated[Number, Query(alias="to")] = None,
) -> Response:
    """Show the versions of a pathway, and what one changes: the newest, unless asked otherwise."""
    async with database.transaction() as connection:
        versions = await versions_of(connection, principal, key)
        on_earlier = await count_on_earlier(connection, principal, visitor.now)
        proposals = await open_proposals(connection, principal)
    if not versions:
        raise not_found()
    compared = _compared(versions, earlier, later)
    found = (
        differences(visitor.t, compared.earlier.pathway, compared.later.pathway) if compared else []
    )
    response: Response = request.app.state.pages.render(
        request,
        "pages/pathway.html",
        pathway=versions[0].pathway,
        versions=versions,
        compared=compared,
        differences=found,
        on_earlier=on_earlier.get(key, 0),
        may_rehearse=principal.role in REHEARSES,
        proposal=proposals.get(key),
        edits=principal.role in EDITS,
    )
    return response


def _compared(versions: list[Published], earlier: int | None, later: int | None) -> Compared | None:
    """Return the versions to compare; None where there is but one. Raises the refusal 404."""
    by_number = {one.pathway.version: one for one in versions}
    if len(versions) == 1 and earlier is None and later is None:
        return None
    last = later or versions[0].pathway.version
    first = earlier or max((number for number in by_number if number < last), default=0)
    if not (first in by_number and last in by_number and first < last):
        raise not_found()
    return Compared(by_number[first], by_number[last])
