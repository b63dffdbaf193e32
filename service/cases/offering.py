"""Giving a case to another office: offering it, taking the offer back, and answering one."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.colleagues import Colleagues
from service.agencies.lookup import INTEGRATION_MANAGEMENT, find_agency
from service.bootstrap import Container
from service.cases.acting import CaseRequest, by_id, carry_out
from service.cases.household import birth_dates_of_household
from service.cases.notes import write_note
from service.cases.schemas import AcceptCase, DeclineCase, Nothing, TransferCase
from service.errors import UnusableEntry
from service.ledger.promises import Promise
from service.ledger.states import States
from service.referrals.sending import consents_of
from workflows.domain.case_acts import Answer, AnswerOffer, OfferCase, WithdrawOffer
from workflows.domain.case_state import CaseState
from workflows.domain.case_transfer import check_answer, check_offer, check_withdrawal
from workflows.domain.principal import Principal, Role
from workflows.domain.referral_state import ActDone
from workflows.domain.transfer import check_basis_of_file, whose_consent
from workflows.domain.working_days import local_day


async def offer_case(
    container: Container, principal: Principal, case_id: UUID, body: TransferCase, key: str
) -> ActDone:
    """Offer the case to another office. Raises what ``carry_out`` raises, BasisMissing too."""

    async def prepare(
        connection: AsyncConnection, _state: CaseState, promise: Promise
    ) -> OfferCase:
        now = container.clock.now()
        office = await find_agency(connection, principal, body.office)
        if office is None or office.legal_area != INTEGRATION_MANAGEMENT:
            raise UnusableEntry("office", "no-office")
        born = await birth_dates_of_household(connection, case_id)
        today = local_day(now)
        needed = whose_consent(None, born, today)
        given = await consents_of(connection, case_id)
        check_basis_of_file(body.basis, given, needed, office.id, office.legal_area, today)
        return OfferCase(
            actor=principal,
            to_office=office.id,
            basis=body.basis,
            note_id=await write_note(connection, principal, case_id, promise.cause, body.note, now),
        )

    return await carry_out(
        container,
        principal,
        key,
        CaseRequest.of(case_id, "transfer", body),
        prepare,
        check_offer,
        by_id(container.engine.offer_case),
    )


async def withdraw_offer(
    container: Container, principal: Principal, case_id: UUID, key: str
) -> ActDone:
    """Take the offer back."""

    async def prepare(
        _connection: AsyncConnection, _state: CaseState, _promise: Promise
    ) -> WithdrawOffer:
        return WithdrawOffer(actor=principal)

    return await carry_out(
        container,
        principal,
        key,
        CaseRequest.of(case_id, "withdraw-transfer", Nothing()),
        prepare,
        check_withdrawal,
        by_id(container.engine.withdraw_offer),
    )


async def accept_case(
    container: Container, principal: Principal, case_id: UUID, body: AcceptCase, key: str
) -> ActDone:
    """Take a case over that is offered to the principal's office, for a case manager of theirs."""
    return await _answer(container, principal, case_id, "accept-transfer", body, key)


async def decline_case(
    container: Container, principal: Principal, case_id: UUID, body: DeclineCase, key: str
) -> ActDone:
    """Say that the principal's office does not take the case over."""
    return await _answer(container, principal, case_id, "decline-transfer", body, key)


async def _answer(
    container: Container,
    principal: Principal,
    case_id: UUID,
    action: Answer,
    body: AcceptCase | DeclineCase,
    key: str,
) -> ActDone:
    async def prepare(
        connection: AsyncConnection, _state: CaseState, promise: Promise
    ) -> AnswerOffer:
        now = container.clock.now()
        named = body.case_manager if isinstance(body, AcceptCase) else None
        return AnswerOffer(
            actor=principal,
            action=action,
            case_manager=await _case_manager(connection, principal, named),
            note_id=await write_note(connection, principal, case_id, promise.cause, body.note, now),
        )

    return await carry_out(
        container,
        principal,
        key,
        CaseRequest.of(case_id, action, body),
        prepare,
        check_answer,
        by_id(container.engine.answer_offer),
        States.offered_case,
    )


async def _case_manager(
    connection: AsyncConnection, principal: Principal, reference: str | None
) -> UUID | None:
    if reference is None:
        return None
    found = await Colleagues(connection).find(principal, reference, Role.CASE_MANAGER)
    if found is None:
        raise UnusableEntry("case_manager", "unknown-colleague")
    return found
