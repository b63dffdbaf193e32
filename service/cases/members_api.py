"""Who joins a household and who leaves it, for programs: the same acts as on the pages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from service.cases.answers import CaseAnswer, CreatedMember
from service.cases.api import THE_CASE, shown_case
from service.cases.elsewhere import elsewhere_by_member
from service.cases.examples import JOIN, LEAVE
from service.cases.joining import add_member
from service.cases.leaving import remove_member
from service.cases.schemas import JoiningMember, LeavingMember
from service.cases.showing import show_also_in
from service.web.api_document import ACTING, API_PREFIX, refusals, replayable
from service.web.dependencies import Caller
from service.web.idempotency import Key, tell_repeated
from service.web.parts import Parts

router = APIRouter(prefix="/cases/{case_id}/members", tags=["cases"])


@router.post("", status_code=201, operation_id="addMember", responses=refusals(*ACTING))
async def add(
    case_id: UUID,
    body: Annotated[JoiningMember, Body(openapi_examples=JOIN)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CreatedMember:
    """Take somebody into the household of an open case; paths can then be started for them."""
    member_id = await add_member(parts, caller, case_id, body, key)
    async with parts.database.transaction() as connection:
        found = await elsewhere_by_member(connection, caller, parts.clock.now(), case_id)
    response.headers["Location"] = f"{API_PREFIX}/cases/{case_id}"
    return CreatedMember(id=member_id, also_in=show_also_in(found.get(member_id, [])))


@router.post(
    "/{member_id}/leave",
    operation_id="removeMember",
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def leave(
    case_id: UUID,
    member_id: UUID,
    body: Annotated[LeavingMember, Body(openapi_examples=LEAVE)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Note that a member (by id) has left; what is open on their own paths is left out."""
    tell_repeated(response, await remove_member(parts, caller, case_id, member_id, body, key))
    return await shown_case(parts, caller, case_id)
