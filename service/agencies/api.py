"""The directory, for programs."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.agencies.answers import AgencyAnswer
from service.agencies.repository import list_agencies
from service.cases.schemas import Code
from service.web.api_document import READING, refusals
from service.web.dependencies import Caller, Db
from service.web.paging import Page, Paged, page_of

router = APIRouter(tags=["agencies"])


class AgencyFilter(Paged):
    """Which agencies."""

    legal_area: Code | None = None
    municipality: Annotated[str | None, Query(pattern=r"^[0-9]{8}$", description="AGS key.")] = None


@router.get("/agencies", operation_id="listAgencies", responses=refusals(*READING))
async def agencies(
    wanted: Annotated[AgencyFilter, Query()], database: Db, caller: Caller
) -> Page[AgencyAnswer]:
    """List the agencies that a step can be sent to: by legal area, by municipality."""
    async with database.transaction() as connection:
        rows = await list_agencies(
            connection,
            caller,
            legal_area=wanted.legal_area,
            municipality=wanted.municipality,
            after=wanted.cursor,
            limit=wanted.limit + 1,
        )
    return page_of(rows, wanted.limit, AgencyAnswer.model_validate)
