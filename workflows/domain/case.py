"""What people do with a case: open it, send its steps, leave one out, hand it on, close it.

Like the referral's rules, each takes a state and returns the next one with its event; a ``check``
returns what it found or raises the rule that stands against the act.
"""

from datetime import datetime
from uuid import UUID

from workflows.domain.case_acts import Assign, Close, Refer, ReferralMoved, Waive
from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_rights import check_office
from workflows.domain.case_state import CaseState, StepState
from workflows.domain.case_steps import change_step, follow_referral
from workflows.domain.deadlines import Deadline
from workflows.domain.errors import (
    AgencyUnfit,
    NotInvolved,
    ReasonMissing,
    StepNotDue,
    StepsOpen,
    UnknownStep,
)
from workflows.domain.principal import Role
from workflows.domain.reasons import REASONS_OF_WAIVER, Reason
from workflows.domain.referral import open_referral
from workflows.domain.referral_record import Outcome as ReferralOpened
from workflows.domain.referral_state import ReferralState
from workflows.domain.running_out import at_rest
from workflows.domain.settling import AT_REST, settled_by, settled_for_good
from workflows.domain.statuses import WITH_AN_AGENCY, CaseStatus, StepStatus

OPENING = "open"
"""The cause of a case's first event."""


def open_case(draft: CaseState) -> Outcome:
    """Open a case that was written down; its first steps then become due."""
    opened = draft.model_copy(update={"status": CaseStatus.OPEN})
    event = new_event(opened, OPENING, draft.opened_by, "open", draft.opened_at)
    return record(draft, opened, event)


def check_refer(state: CaseState, refer: Refer) -> StepState:
    """Return the step to be referred, or raise the rule that stands against it."""
    check_office(state, refer.actor, "refer")
    if refer.to_agency == state.office:
        raise AgencyUnfit(agency=str(refer.to_agency), step=refer.step)
    return _due_step(state, refer.path_id, refer.step)


def draft_referral(state: CaseState, refer: Refer, at: datetime) -> ReferralState:
    """Write the request that ``refer`` asks for; opening it is the referral's own rule."""
    step = check_refer(state, refer)
    return ReferralState(
        referral_id=refer.referral_id,
        case_id=state.case_id,
        path_id=refer.path_id,
        step=step.key,
        from_agency=state.office,
        to_agency=refer.to_agency,
        on_board=refer.on_board,
        terms=step.terms,
        release=step.release,
        basis=refer.basis,
        fields=refer.fields,
        application=refer.application,
        interpreter=refer.interpreter,
        opened_at=at,
        referred_at=step.referred_at or at,
        chain_id=step.chain_id or refer.referral_id,
        bounced=step.bounced,
        moved_at=at,
        predecessor=step.referral_id if step.unsettled else None,
        note_id=refer.note_id,
    )


def send_step(
    state: CaseState, refer: Refer, cause: str, at: datetime, respond: Deadline
) -> tuple[Outcome, ReferralOpened]:
    """Send a step to an agency: the referral opens, and the case follows it.

    The office stays responsible; the receiver's clock runs. What had come back is settled.
    """
    step = check_refer(state, refer)
    draft = draft_referral(state, refer, at)
    referral, request = open_referral(draft, refer.actor, cause, respond)
    event = new_event(state, cause, refer.actor, "refer", at).model_copy(
        update={"path_id": refer.path_id, "step": refer.step, "subject": referral.referral_id}
    )
    settled = settled_by(state, step, refer.actor, "refer-again", None)
    sent = change_step(state, refer.path_id, refer.step, settlement=settled)
    sent = follow_referral(sent, ReferralMoved.of(referral))
    return record(state, sent, event), (referral, request)


def check_waive(state: CaseState, waive: Waive) -> StepState:
    """Return the step to be left out, or raise the rule that stands against it."""
    check_office(state, waive.actor, "waive")
    step = _due_step(state, waive.path_id, waive.step)
    # An agency that said no learns why nobody asks again.
    needs_a_reason = waive.reason is not None or not step.optional or step.unsettled
    if needs_a_reason and waive.reason not in REASONS_OF_WAIVER:
        raise ReasonMissing(action="waive")
    return step


def waive_step(state: CaseState, waive: Waive, cause: str, at: datetime) -> Outcome:
    """Leave a step out; what comes after it may begin."""
    step = check_waive(state, waive)
    settled = settled_by(state, step, waive.actor, "waive", waive.reason)
    event = new_event(state, cause, waive.actor, "waive", at).model_copy(
        update={
            "path_id": waive.path_id,
            "step": waive.step,
            "reason": waive.reason,
            "note_id": waive.note_id,
        }
    )
    waived = change_step(
        state,
        waive.path_id,
        waive.step,
        status=StepStatus.WAIVED,
        settlement=settled,
        **AT_REST,
    )
    return record(state, waived, event)


def assign_case(state: CaseState, assign: Assign, cause: str, at: datetime) -> Outcome:
    """Give the case to a colleague."""
    check_assign(state, assign)
    event = new_event(state, cause, assign.actor, "assign", at)
    event = event.model_copy(update={"subject": assign.case_manager})
    assigned = state.model_copy(update={"case_manager": assign.case_manager})
    return record(state, assigned, event)


def check_assign(state: CaseState, assign: Assign) -> None:
    """Raise the rule that stands against the assignment: it is the supervisor's to make."""
    check_office(state, assign.actor, "assign")
    if assign.actor.role is not Role.SUPERVISOR:
        raise NotInvolved(action="assign")


def close_case(state: CaseState, close: Close, cause: str, at: datetime) -> Outcome:
    """Close the case: no step is due any more."""
    check_close(state, close)
    closed = state.model_copy(
        update={
            "status": CaseStatus.CLOSED,
            "outcome": close.outcome,
            "closed_at": at,
            "offer": None,
            "entitlements": tuple(at_rest(held) for held in state.entitlements),
        }
    )
    for path in state.paths:
        for step in path.steps:
            settled = settled_for_good(state, step, close.actor, Reason.NO_LONGER_NEEDED)
            closed = change_step(closed, path.path_id, step.key, settlement=settled, **AT_REST)
    event = new_event(closed, cause, close.actor, "close", at)
    event = event.model_copy(update={"reason": close.outcome, "note_id": close.note_id})
    return record(state, closed, event)


def check_close(state: CaseState, close: Close) -> None:
    """Raise the rule that stands against closing: no agency may still be at work."""
    check_office(state, close.actor, "close")
    steps = [step for path in state.paths for step in path.steps]
    if open_steps := [step for step in steps if step.status in WITH_AN_AGENCY]:
        raise StepsOpen(count=str(len(open_steps)))


def _due_step(state: CaseState, path_id: UUID, key: str) -> StepState:
    step = state.find(path_id, key)
    if step is None:
        raise UnknownStep(step=key)
    if step.status is not StepStatus.DUE:
        raise StepNotDue(step=key, status=step.status)
    return step
