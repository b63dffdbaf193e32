"""Entitlements, for programs: the same acts as on the pages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from service.bootstrap import Container
from service.cases.answers import Created
from service.cases.repository import Cases
from service.entitlements.acting import change_entitlement, let_run_out, record_entitlement
from service.entitlements.answers import (
    EntitlementAnswer,
    KindsAnswer,
    TimelineAnswer,
    show_entitlement,
)
from service.entitlements.examples import CHANGE, LET, NOTE
from service.entitlements.law import kinds
from service.entitlements.repository import entitlements_of
from service.entitlements.schemas import ChangedDays, NewEntitlement, NothingFollows
from service.errors import NotFound
from service.web.api_document import ACTING, API_PREFIX, READING_ONE, refusals, replayable
from service.web.dependencies import Caller
from service.web.idempotency import Key, tell_repeated
from service.web.parts import Parts
from workflows.domain.principal import Principal

router = APIRouter()

THE_ENTRY = "The entry as it stands now."


@router.get(
    "/entitlement-kinds",
    tags=["entitlement-kinds"],
    operation_id="listEntitlementKinds",
    responses=refusals(401, 503),
)
async def entitlement_kinds(caller: Caller) -> KindsAnswer:  # noqa: ARG001 - for those signed in
    """List what can be noted, with how its end is seen coming and the pathway that leads on."""
    return KindsAnswer(items=list(kinds().values()))


@router.get(
    "/cases/{case_id}/entitlements",
    tags=["cases"],
    operation_id="getTimeline",
    responses=refusals(*READING_ONE),
)
async def timeline(case_id: UUID, parts: Parts, caller: Caller) -> TimelineAnswer:
    """Return what everybody in a household may do and gets, by member and first day."""
    return TimelineAnswer(items=await _shown(parts, caller, case_id))


@router.post(
    "/cases/{case_id}/entitlements",
    tags=["cases"],
    status_code=201,
    operation_id="noteEntitlement",
    responses=refusals(*ACTING),
)
async def note(
    case_id: UUID,
    body: Annotated[NewEntitlement, Body(openapi_examples=NOTE)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> Created:
    """Note an entitlement; what ends by law because of it gets its last day."""
    entitlement_id = await record_entitlement(parts, caller, case_id, body, key)
    response.headers["Location"] = f"{API_PREFIX}/cases/{case_id}/entitlements"
    return Created(id=entitlement_id)


@router.post(
    "/cases/{case_id}/entitlements/{entitlement_id}/change",
    tags=["cases"],
    operation_id="changeEntitlement",
    responses=refusals(*ACTING) | replayable(200, THE_ENTRY),
)
async def change(
    case_id: UUID,
    entitlement_id: UUID,
    body: Annotated[ChangedDays, Body(openapi_examples=CHANGE)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> EntitlementAnswer:
    """Note its days anew: a day that is left out is not known."""
    done = await change_entitlement(parts, caller, case_id, entitlement_id, body, key)
    tell_repeated(response, done)
    return await _one(parts, caller, case_id, entitlement_id)


@router.post(
    "/cases/{case_id}/entitlements/{entitlement_id}/let-run-out",
    tags=["cases"],
    operation_id="letRunOut",
    responses=refusals(*ACTING) | replayable(200, THE_ENTRY),
)
async def let_it_run_out(
    case_id: UUID,
    entitlement_id: UUID,
    body: Annotated[NothingFollows, Body(openapi_examples=LET)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> EntitlementAnswer:
    """Note why nothing has to follow it; nobody is reminded of it any more."""
    done = await let_run_out(parts, caller, case_id, entitlement_id, body, key)
    tell_repeated(response, done)
    return await _one(parts, caller, case_id, entitlement_id)


async def _one(
    parts: Container, caller: Principal, case_id: UUID, entitlement_id: UUID
) -> EntitlementAnswer:
    for entry in await _shown(parts, caller, case_id):
        if entry.id == entitlement_id:
            return entry
    raise NotFound


async def _shown(parts: Container, caller: Principal, case_id: UUID) -> list[EntitlementAnswer]:
    now = parts.clock.now()
    async with parts.database.transaction() as connection:
        case = await Cases(connection).find(caller, now, case_id)
        entries = await entitlements_of(connection, caller, now, case_id)
    if case is None:
        raise NotFound
    household = [member.id for member in case.household]
    return [show_entitlement(entry, household) for entry in entries]
