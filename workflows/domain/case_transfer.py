"""Giving a case to another office or district: offered, and accepted there or not; never silently.

Until it is accepted, everything stays with the office that offers it.
"""

from datetime import datetime
from uuid import UUID

from workflows.domain.case_acts import (
    AnswerOffer,
    NewSender,
    OfferCase,
    ReferralMoved,
    WithdrawOffer,
)
from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_state import CaseEvent, CaseState, Offer, StepState
from workflows.domain.case_steps import change_step
from workflows.domain.clocks import Party, start_clock
from workflows.domain.deadlines import Deadline, DeadlineRequest
from workflows.domain.errors import (
    AgencyUnfit,
    AssigneeMissing,
    IllegalMove,
    NotInvolved,
)
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import CaseStatus
from workflows.domain.telling import told_of_answer, told_of_offer
from workflows.domain.terms import Terms

WORKS_ON_CASES = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR})
ANSWERS = ("accept-transfer", "decline-transfer")
TERMS = Terms()
"""An office answers another one's offer like any request."""


def check_offer(state: CaseState, offer: OfferCase) -> None:
    """Raise the rule that stands against the offer."""
    _check_works_there(offer.actor, state.office, "offer-transfer")
    if state.status is not CaseStatus.OPEN or state.offer:
        raise IllegalMove(action="offer-transfer", status=state.status)
    if offer.to_office == state.office:
        raise AgencyUnfit(agency=str(offer.to_office), step="")


def answer_request(offer: OfferCase, at: datetime) -> DeadlineRequest:
    """Return what to ask the calendar for: by when the other office answers."""
    return DeadlineRequest(agency=offer.to_office, start=at, length=TERMS.respond, plan=TERMS.plan)


def offer_case(
    state: CaseState, offer: OfferCase, cause: str, at: datetime, deadline: Deadline
) -> Outcome:
    """Offer the case to another office; its clock runs until it answers."""
    check_offer(state, offer)
    event = new_event(state, cause, offer.actor, "offer-transfer", at)
    clock = start_clock(Party.RECEIVER, at, deadline, event.seq)
    open_offer = Offer(
        to_office=offer.to_office,
        by=offer.actor.user_id,
        basis=offer.basis,
        note_id=offer.note_id,
        clock=clock,
    )
    event = event.model_copy(
        update={
            "subject": offer.to_office,
            "note_id": offer.note_id,
            "notices": told_of_offer(clock),
        }
    )
    return record(state, state.model_copy(update={"offer": open_offer}), event)


def check_answer(state: CaseState, answer: AnswerOffer) -> Offer:
    """Return the offer that is answered, or raise the rule that stands against it."""
    if state.offer is None:
        raise IllegalMove(action=answer.action, status=state.status)
    _check_works_there(answer.actor, state.offer.to_office, answer.action)
    if answer.action == "accept-transfer" and _new_manager(answer) is None:
        raise AssigneeMissing(action=answer.action)
    return state.offer


def answer_offer(state: CaseState, answer: AnswerOffer, cause: str, at: datetime) -> Outcome:
    """Accept the case, with everything that is under way in it, or decline it."""
    offer, is_accepted = check_answer(state, answer), answer.action == "accept-transfer"
    event = new_event(state, cause, answer.actor, answer.action, at)
    event = event.model_copy(
        update={
            "subject": offer.by,
            "note_id": answer.note_id,
            "notices": told_of_answer(accepted=is_accepted),
        }
    )
    settled = state.model_copy(update={"offer": None})
    if is_accepted:
        settled = _moved(settled, offer.to_office, answer)
    return record(state, settled, event)


def check_withdrawal(state: CaseState, withdrawal: WithdrawOffer) -> None:
    """Raise the rule that stands against taking the offer back."""
    _check_works_there(withdrawal.actor, state.office, "withdraw-transfer")
    if state.offer is None:
        raise IllegalMove(action="withdraw-transfer", status=state.status)


def withdraw_offer(
    state: CaseState, withdrawal: WithdrawOffer, cause: str, at: datetime
) -> Outcome:
    """Take the offer back."""
    check_withdrawal(state, withdrawal)
    event = new_event(state, cause, withdrawal.actor, "withdraw-transfer", at)
    return record(state, state.model_copy(update={"offer": None}), event)


def new_senders(state: CaseState, event: CaseEvent) -> list[NewSender]:
    """List what the case's referrals hear that go on with another office after this event."""
    if event.action != "accept-transfer":
        return []
    return [
        new_sender(state, step.referral_id, event.actor)
        for step in _steps(state)
        if step.referral_id
    ]


def late_new_sender(state: CaseState, moved: ReferralMoved) -> NewSender | None:
    """Return again what a referral has not heard that still goes on with the former office."""
    if moved.has_ended or moved.from_agency == state.office:
        return None
    return new_sender(state, moved.referral_id, Principal.system())


def new_sender(state: CaseState, referral_id: UUID, actor: Principal) -> NewSender:
    """Return what a referral hears that goes on with the office which the case is at now."""
    return NewSender(referral_id=referral_id, office=state.office, actor=actor, case_seq=state.seq)


def _moved(state: CaseState, office: UUID, answer: AnswerOffer) -> CaseState:
    moved = state.model_copy(update={"office": office, "case_manager": _new_manager(answer)})
    for path in state.paths:
        for step in path.steps:
            if step.responsible == state.office:
                moved = change_step(moved, path.path_id, step.key, responsible=office)
    return moved


def _new_manager(answer: AnswerOffer) -> UUID | None:
    """Return who manages the case there: whoever is named, or the case manager who accepts it."""
    accepts = answer.actor.user_id if answer.actor.role is Role.CASE_MANAGER else None
    return answer.case_manager or accepts


def _check_works_there(actor: Principal, office: UUID, action: str) -> None:
    if actor.agency_id != office or actor.role not in WORKS_ON_CASES:
        raise NotInvolved(action=action)


def _steps(state: CaseState) -> list[StepState]:
    return [step for path in state.paths for step in path.steps]
