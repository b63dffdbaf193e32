"""Somebody leaves the household of an open case."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from service.bootstrap import Container
from service.cases.acting import CaseRequest, by_id, carry_out
from service.cases.household import members_of
from service.cases.notes import write_note
from service.cases.schemas import LeavingMember
from service.days import refuse_before, refuse_future
from service.errors import NotFound
from service.ledger.promises import Promise
from workflows.domain.case_state import CaseState
from workflows.domain.household_acts import RemoveMember
from workflows.domain.household_moves import check_remove
from workflows.domain.principal import Principal
from workflows.domain.referral_state import ActDone
from workflows.domain.working_days import local_day


async def remove_member(
    container: Container,
    principal: Principal,
    case_id: UUID,
    member_id: UUID,
    body: LeavingMember,
    key: str,
) -> ActDone:
    """Note that somebody belongs to the household no more; nothing is left on their own paths.

    Raises what ``carry_out`` does, MemberGone, LastMember and RequestsOpen among it.
    """

    async def prepare(
        connection: AsyncConnection, _state: CaseState, promise: Promise
    ) -> RemoveMember:
        now = container.clock.now()
        household = await members_of(connection, case_id)
        member = next((one for one in household if one.id == member_id), None)
        if member is None:
            raise NotFound
        refuse_future(local_day(now), left_on=body.left_on)
        refuse_before(member.birth_date, "before-birth", left_on=body.left_on)
        refuse_before(member.joined_on, "before-joining", left_on=body.left_on)
        return RemoveMember(
            actor=principal,
            member_id=member_id,
            household=tuple(one.id for one in household),
            left_on=body.left_on,
            reason=body.reason,
            note_id=await write_note(connection, principal, case_id, promise.cause, body.note, now),
        )

    request = CaseRequest.of(case_id, f"remove-member {member_id}", body)
    send = by_id(container.engine.remove_member)
    return await carry_out(container, principal, key, request, prepare, check_remove, send)
