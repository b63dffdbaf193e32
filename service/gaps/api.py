"""The gaps, for programs."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from service.agencies.answers import WELFARE_OFFICE, AgencyLink
from service.agencies.filtering import wanted_agency
from service.cases.examples import CASE_ID, PATH_ID, REFERRAL_ID
from service.cases.schemas import Code
from service.gaps.repository import Wanted, list_gaps
from service.web.api_document import READING, refusals
from service.web.dependencies import Caller, Db, Now
from service.web.paging import Page, Paged, page_of
from workflows.domain.clocks import Party
from workflows.domain.gaps import GapKind, GapLevel

router = APIRouter(tags=["gaps"])

EXAMPLE: dict[str, Any] = {
    "id": "01920000-0000-7000-8000-0000000000bb",
    "case_id": CASE_ID,
    "path_id": PATH_ID,
    "step": "basic-income",
    "referral_id": REFERRAL_ID,
    "entitlement_id": None,
    "kind": "unanswered",
    "party": "receiver",
    "agency": WELFARE_OFFICE,
    "municipality": "05774032",
    "level": "supervisor",
    "opened_at": "2026-12-03T22:59:59Z",
    "closed_at": None,
}


class GapAnswer(BaseModel):
    """A stretch in which the client waits and nobody moves. ``agency``: who has to act.

    ``referral_id`` is null where the step was not sent on at all (``unrouted``), ``step`` where
    something runs out (``entitlement_id``), or where another office was offered the case itself.
    """

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    case_id: UUID
    path_id: UUID | None
    step: str | None
    referral_id: UUID | None
    entitlement_id: UUID | None
    kind: GapKind
    party: Party
    agency: AgencyLink
    municipality: str
    level: GapLevel
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None


class GapFilter(Paged):
    """Which gaps."""

    is_open: Annotated[bool | None, Field(alias="open")] = None
    kind: GapKind | None = None
    party: Party | None = None
    agency: Annotated[Code | None, Field(description="Id or key.")] = None
    municipality: Annotated[str | None, Query(pattern=r"^[0-9]{8}$", description="AGS key.")] = None
    level: GapLevel | None = None


@router.get("/gaps", operation_id="listGaps", responses=refusals(*READING))
async def gaps(
    wanted: Annotated[GapFilter, Query()], database: Db, now: Now, caller: Caller
) -> Page[GapAnswer]:
    """List the gaps of the caller's cases, and of the referrals that its agency takes part in."""
    async with database.transaction() as connection:
        rows = await list_gaps(
            connection,
            caller,
            now,
            Wanted(
                is_open=wanted.is_open,
                kind=wanted.kind,
                party=wanted.party,
                agency=await wanted_agency(connection, caller, wanted.agency),
                municipality=wanted.municipality,
                level=wanted.level,
            ),
            after=wanted.cursor,
            limit=wanted.limit + 1,
        )
    return page_of(rows, wanted.limit, GapAnswer.model_validate)
