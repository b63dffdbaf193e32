"""Cases, for programs: the same acts as on the pages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Response

from service.bootstrap import Container
from service.cases.acting import assign_case, close_case, reopen_case, waive_step
from service.cases.answers import (
    CaseAnswer,
    CaseLine,
    Created,
    CreatedCase,
    OfferAnswer,
    OffersAnswer,
)
from service.cases.elsewhere import elsewhere_by_member
from service.cases.examples import (
    ACCEPT,
    ASSIGN,
    CLOSE,
    DECLINE,
    OPEN,
    REFER,
    REOPEN,
    START,
    TRANSFER,
    WAIVE,
    WITHDRAW,
)
from service.cases.household import members_of
from service.cases.listing import list_cases
from service.cases.offering import accept_case, decline_case, offer_case, withdraw_offer
from service.cases.offers import offers_by, offers_to
from service.cases.opening import open_case
from service.cases.path_starting import start_path
from service.cases.repository import Cases
from service.cases.schemas import (
    AcceptCase,
    AssignCase,
    CloseCase,
    DeclineCase,
    NewCase,
    Nothing,
    ReopenCase,
    StartPathBody,
    TransferCase,
    WaiveStep,
)
from service.cases.showing import show_also_in_of, show_case, show_line
from service.errors import NotFound
from service.referrals.requests import ReferralBody, new_referral
from service.referrals.sending import send_referral
from service.web.api_document import (
    ACTING,
    API_PREFIX,
    OPENING,
    READING,
    READING_ONE,
    refusals,
    replayable,
)
from service.web.dependencies import Caller, Db, Now
from service.web.idempotency import Key, tell_repeated
from service.web.paging import Page, Paged, page_of
from service.web.parts import Parts
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus

router = APIRouter(prefix="/cases", tags=["cases"])

THE_CASE = "The case as it stands now."
StepKey = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{1,59}$")]


class CaseFilter(Paged):
    """Which cases."""

    status: CaseStatus | None = None


@router.get("", operation_id="listCases", responses=refusals(*READING))
async def cases(
    wanted: Annotated[CaseFilter, Query()], database: Db, now: Now, caller: Caller
) -> Page[CaseLine]:
    """List the cases of the caller's office."""
    async with database.transaction() as connection:
        rows = await list_cases(
            connection,
            caller,
            now,
            status=wanted.status,
            after=wanted.cursor,
            limit=wanted.limit + 1,
        )
    return page_of(rows, wanted.limit, show_line)


@router.get("/offered", operation_id="listOfferedCases", responses=refusals(*READING))
async def offered_cases(database: Db, caller: Caller) -> OffersAnswer:
    """List the cases that offices offer to the caller's office, and the other way round."""
    async with database.transaction() as connection:
        return OffersAnswer(
            to_us=[OfferAnswer.model_validate(one) for one in await offers_to(connection, caller)],
            by_us=[OfferAnswer.model_validate(one) for one in await offers_by(connection, caller)],
        )


@router.post("", status_code=201, operation_id="openCase", responses=refusals(*OPENING))
async def new_case(
    body: Annotated[NewCase, Body(openapi_examples=OPEN)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CreatedCase:
    """Open a case for a household; its first steps are due at once."""
    case_id = await open_case(parts, caller, body, key)
    async with parts.database.transaction() as connection:
        found = await elsewhere_by_member(connection, caller, parts.clock.now(), case_id)
        household = await members_of(connection, case_id) if found else []
    response.headers["Location"] = f"{API_PREFIX}/cases/{case_id}"
    return CreatedCase(id=case_id, also_in=show_also_in_of(household, found))


@router.get("/{case_id}", operation_id="getCase", responses=refusals(*READING_ONE))
async def case(case_id: UUID, parts: Parts, caller: Caller) -> CaseAnswer:
    """Return a case: the household, and for each step of each path who is responsible."""
    return await shown_case(parts, caller, case_id)


@router.post(
    "/{case_id}/referrals", status_code=201, operation_id="sendStep", responses=refusals(*ACTING)
)
async def new_referral_of_step(
    case_id: UUID,
    body: Annotated[ReferralBody, Body(openapi_examples=REFER)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> Created:
    """Send a step that is due to an agency, on a consent or a statute."""
    async with parts.database.transaction() as connection:
        new = await new_referral(connection, caller, body)
    referral_id = await send_referral(parts, caller, case_id, new, key)
    response.headers["Location"] = f"{API_PREFIX}/referrals/{referral_id}"
    return Created(id=referral_id)


@router.post(
    "/{case_id}/paths", status_code=201, operation_id="startPath", responses=refusals(*ACTING)
)
async def another_path(
    case_id: UUID,
    body: Annotated[StartPathBody, Body(openapi_examples=START)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> Created:
    """Start another path in an open case; its first steps are due at once."""
    path_id = await start_path(parts, caller, case_id, body, key)
    response.headers["Location"] = f"{API_PREFIX}/cases/{case_id}"
    return Created(id=path_id)


@router.post(
    "/{case_id}/close",
    operation_id="closeCase",
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def close(
    case_id: UUID,
    body: Annotated[CloseCase, Body(openapi_examples=CLOSE)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Close a case with an outcome. No agency may still be at work."""
    tell_repeated(response, await close_case(parts, caller, case_id, body, key))
    return await shown_case(parts, caller, case_id)


@router.post(
    "/{case_id}/reopen",
    operation_id="reopenCase",
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def reopen(
    case_id: UUID,
    body: Annotated[ReopenCase, Body(openapi_examples=REOPEN)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Open a closed case again: what was neither done nor left out is due anew."""
    tell_repeated(response, await reopen_case(parts, caller, case_id, body, key))
    return await shown_case(parts, caller, case_id)


@router.post(
    "/{case_id}/transfer",
    operation_id="transferCase",
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def transfer(
    case_id: UUID,
    body: Annotated[TransferCase, Body(openapi_examples=TRANSFER)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Offer a case to another office. Until that accepts it, everything stays here."""
    tell_repeated(response, await offer_case(parts, caller, case_id, body, key))
    return await shown_case(parts, caller, case_id)


@router.post(
    "/{case_id}/withdraw-transfer",
    operation_id="withdrawTransfer",
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def withdraw_transfer(
    case_id: UUID,
    body: Annotated[Nothing, Body(openapi_examples=WITHDRAW)],  # noqa: ARG001 - takes no entries
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Take an offer back that is not answered yet."""
    tell_repeated(response, await withdraw_offer(parts, caller, case_id, key))
    return await shown_case(parts, caller, case_id)


@router.post(
    "/{case_id}/accept-transfer",
    operation_id="acceptTransfer",
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def accept_transfer(
    case_id: UUID,
    body: Annotated[AcceptCase, Body(openapi_examples=ACCEPT)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Take over a case that another office offers, with everything that is under way in it."""
    tell_repeated(response, await accept_case(parts, caller, case_id, body, key))
    return await shown_case(parts, caller, case_id)


@router.post(
    "/{case_id}/decline-transfer",
    operation_id="declineTransfer",
    responses=refusals(*ACTING) | replayable(200, "What is still on offer."),
)
async def decline_transfer(
    case_id: UUID,
    body: Annotated[DeclineCase, Body(openapi_examples=DECLINE)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> OffersAnswer:
    """Leave a case with the office that offers it."""
    tell_repeated(response, await decline_case(parts, caller, case_id, body, key))
    return await offered_cases(parts.database, caller)


@router.post(
    "/{case_id}/assign",
    operation_id="assignCase",
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def assign(
    case_id: UUID,
    body: Annotated[AssignCase, Body(openapi_examples=ASSIGN)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Give a case to a colleague of the office. Supervisors do this."""
    tell_repeated(response, await assign_case(parts, caller, case_id, body, key))
    return await shown_case(parts, caller, case_id)


@router.post(
    "/{case_id}/steps/{key}/waive",
    operation_id="waiveStep",
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def waive(
    case_id: UUID,
    step: Annotated[StepKey, Path(alias="key")],
    body: Annotated[WaiveStep, Body(openapi_examples=WAIVE)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Leave out a step that is due; what comes after it may become due."""
    tell_repeated(response, await waive_step(parts, caller, case_id, step, body, key))
    return await shown_case(parts, caller, case_id)


async def shown_case(parts: Container, caller: Principal, case_id: UUID) -> CaseAnswer:
    """Return the case as it stands now."""
    async with parts.database.transaction() as connection:
        view = await Cases(connection).find(caller, parts.clock.now(), case_id)
    if view is None:
        raise NotFound
    return show_case(view)
