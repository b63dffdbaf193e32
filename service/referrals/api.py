"""Referrals, for programs: the same acts as on the pages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from pydantic import Field

from service.agencies.filtering import wanted_agency
from service.bootstrap import Container
from service.cases.schemas import Code
from service.errors import NotFound
from service.referrals.acting import act_on_referral
from service.referrals.again import WaiveReferral, refer_again, waive_referral
from service.referrals.answers import ReferralAnswer, ReferralLine
from service.referrals.examples import ACT, REFER_AGAIN, WAIVE
from service.referrals.listing import Wanted, list_referrals
from service.referrals.repository import Referrals
from service.referrals.requests import ReferAgainBody, WaiveReferralBody, new_way
from service.referrals.schemas import ActBody
from service.referrals.showing import show_referral
from service.web.api_document import ACTING, READING, READING_ONE, refusals, replayable
from service.web.dependencies import Caller, Db, Now
from service.web.idempotency import Key, tell_repeated
from service.web.paging import Page, Paged, page_of
from service.web.parts import Parts
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.principal import Principal
from workflows.domain.statuses import Status

router = APIRouter(prefix="/referrals", tags=["referrals"])

THE_REFERRAL = "The referral as it stands now."


class ReferralFilter(Paged):
    """Which referrals."""

    status: Status | None = None
    agency: Annotated[Code | None, Field(description="Id or key, of sender or receiver.")] = None
    party: Annotated[Party | None, Field(description="Whose clock runs.")] = None
    overdue: Annotated[bool | None, Field(description="Whether its deadline has passed.")] = None


@router.get("", operation_id="listReferrals", responses=refusals(*READING))
async def referrals(
    wanted: Annotated[ReferralFilter, Query()], database: Db, now: Now, caller: Caller
) -> Page[ReferralLine]:
    """List the referrals that the caller's agency sent or received."""
    async with database.transaction() as connection:
        rows = await list_referrals(
            connection,
            caller,
            now,
            Wanted(
                status=wanted.status,
                agency=await wanted_agency(connection, caller, wanted.agency),
                party=wanted.party,
                overdue=wanted.overdue,
            ),
            after=wanted.cursor,
            limit=wanted.limit + 1,
        )
    return page_of(rows, wanted.limit, ReferralLine.model_validate)


@router.get("/{referral_id}", operation_id="getReferral", responses=refusals(*READING_ONE))
async def referral(referral_id: UUID, parts: Parts, caller: Caller) -> ReferralAnswer:
    """Return a referral: whose turn it is, until when, and everything that happened."""
    return await _shown(parts, caller, referral_id)


@router.post(
    "/{referral_id}/refer-again",
    operation_id="referAgain",
    responses=refusals(*ACTING) | {200: {"description": "The new referral."}},
)
async def go_on_elsewhere(
    referral_id: UUID,
    body: Annotated[ReferAgainBody, Body(openapi_examples=REFER_AGAIN)],
    key: Key,
    parts: Parts,
    caller: Caller,
) -> ReferralAnswer:
    """Send the step of a referral that came back to an agency, the same one or another."""
    async with parts.database.transaction() as connection:
        way = await new_way(connection, caller, body)
    successor = await refer_again(parts, caller, referral_id, way, key, body.expected_seq)
    return await _shown(parts, caller, successor)


@router.post(
    "/{referral_id}/waive",
    operation_id="waiveReferral",
    responses=refusals(*ACTING) | replayable(200, THE_REFERRAL),
)
async def leave_out(
    referral_id: UUID,
    body: Annotated[WaiveReferralBody, Body(openapi_examples=WAIVE)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> ReferralAnswer:
    """Leave out the step of a referral that came back."""
    waiver = WaiveReferral(reason=body.reason, note=body.note)
    done = await waive_referral(parts, caller, referral_id, waiver, key, body.expected_seq)
    tell_repeated(response, done)
    return await _shown(parts, caller, referral_id)


@router.post(
    "/{referral_id}/{action}",
    operation_id="actOnReferral",
    responses=refusals(*ACTING) | replayable(200, THE_REFERRAL),
)
async def act(
    referral_id: UUID,
    action: Action,
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
    body: Annotated[ActBody | None, Body(openapi_examples=ACT)] = None,
) -> ReferralAnswer:
    """Do something with a referral. `allowed_actions` says what the caller can do now."""
    done = await act_on_referral(parts, caller, referral_id, action, body or ActBody(), key)
    tell_repeated(response, done)
    return await _shown(parts, caller, referral_id)


async def _shown(parts: Container, caller: Principal, referral_id: UUID) -> ReferralAnswer:
    async with parts.database.transaction() as connection:
        view = await Referrals(connection).find(caller, parts.clock.now(), referral_id)
    if view is None:
        raise NotFound
    return show_referral(view)
