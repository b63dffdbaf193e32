"""Noting entitlements of a household, and what becomes of them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from service.bootstrap import Container
from service.cases.acting import CaseRequest, bring_about, by_id, carry_out
from service.cases.household import member_at, members_of
from service.entitlements.law import kinds, legal_rules
from service.entitlements.schemas import ChangedDays, NewEntitlement, NothingFollows
from service.errors import UnusableEntry
from service.ledger.promises import Promise
from workflows.domain.case_state import CaseState
from workflows.domain.entitlement_acts import ChangeEntitlement, LetRunOut, RecordEntitlement
from workflows.domain.entitlement_moves import check_change, check_let_run_out, check_record
from workflows.domain.legal_rules import ended_by_law
from workflows.domain.principal import Principal
from workflows.domain.referral_state import ActDone


async def record_entitlement(
    container: Container, principal: Principal, case_id: UUID, new: NewEntitlement, key: str
) -> UUID:
    """Note an entitlement, and what ends by law because of it; return its id.

    Raises what ``bring_about`` does.
    """

    async def prepare(
        connection: AsyncConnection, _state: CaseState, promise: Promise
    ) -> RecordEntitlement:
        kind = kinds().get(new.kind)
        if kind is None:
            raise UnusableEntry("kind", "unknown-kind")
        entitlement = kind.entitlement(
            promise.subject_id,
            member_at(await members_of(connection, case_id), new.member),
            new.starts_on,
            new.printed_until,
            new.effective_until,
        )
        return RecordEntitlement(
            actor=principal,
            entitlement=entitlement,
            ends=ended_by_law(entitlement, legal_rules()),
        )

    request = CaseRequest.of(case_id, "record-entitlement", new)
    send = by_id(container.engine.record_entitlement)
    return await bring_about(container, principal, key, request, prepare, check_record, send)


async def change_entitlement(
    container: Container,
    principal: Principal,
    case_id: UUID,
    entitlement_id: UUID,
    body: ChangedDays,
    key: str,
) -> ActDone:
    """Note its days anew. Raises what ``carry_out`` does, EndsBeforeStart among it."""

    async def prepare(
        _connection: AsyncConnection, _state: CaseState, _promise: Promise
    ) -> ChangeEntitlement:
        return ChangeEntitlement(
            actor=principal,
            entitlement_id=entitlement_id,
            printed_until=body.printed_until,
            effective_until=body.effective_until,
        )

    request = CaseRequest.of(case_id, f"change-entitlement {entitlement_id}", body)
    send = by_id(container.engine.change_entitlement)
    return await carry_out(container, principal, key, request, prepare, check_change, send)


async def let_run_out(
    container: Container,
    principal: Principal,
    case_id: UUID,
    entitlement_id: UUID,
    body: NothingFollows,
    key: str,
) -> ActDone:
    """Note why nothing has to follow it. Raises what ``carry_out`` does."""

    async def prepare(
        _connection: AsyncConnection, _state: CaseState, _promise: Promise
    ) -> LetRunOut:
        return LetRunOut(actor=principal, entitlement_id=entitlement_id, reason=body.reason)

    request = CaseRequest.of(case_id, f"let-run-out {entitlement_id}", body)
    send = by_id(container.engine.let_run_out)
    return await carry_out(container, principal, key, request, prepare, check_let_run_out, send)
