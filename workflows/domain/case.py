"""The case's rules: who is responsible for which step, and what comes next on a path.

Like the referral's rules they take a state and return the next one with its event. A step that
becomes due needs a deadline, which the caller looks up: ``steps_to_wake`` names those steps,
``wake`` takes the deadlines in.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from workflows.domain.case_acts import Assign, Close, Ending, Refer, ReferralMoved, Settle, Waive
from workflows.domain.case_state import (
    CaseEvent,
    CaseState,
    PathState,
    StepClock,
    StepDue,
    StepState,
)
from workflows.domain.clocks import Party
from workflows.domain.deadlines import DeadlineRequest
from workflows.domain.errors import (
    AgencyUnfit,
    IllegalMove,
    NotInvolved,
    ReasonMissing,
    StepNotDue,
    StepsOpen,
    UnknownStep,
)
from workflows.domain.principal import Principal, Role
from workflows.domain.reasons import REASONS_OF_WAIVER, Reason
from workflows.domain.referral_state import REMEMBERED_ACTS, ActDone, ReferralState, Release
from workflows.domain.statuses import CaseStatus, Status, StepStatus

Outcome = tuple[CaseState, CaseEvent]

FINISHED = frozenset({StepStatus.DONE, StepStatus.WAIVED})
WITH_AN_AGENCY = frozenset({StepStatus.REFERRED, StepStatus.IN_PROGRESS})

STEP_OF_REFERRAL: dict[Status, StepStatus] = {
    Status.REQUESTED: StepStatus.REFERRED,
    Status.RECEIVED: StepStatus.REFERRED,
    Status.ACCEPTED: StepStatus.REFERRED,
    Status.IN_PROGRESS: StepStatus.IN_PROGRESS,
    Status.COMPLETED: StepStatus.DONE,
    Status.REJECTED: StepStatus.DUE,
    Status.FAILED: StepStatus.DUE,
    Status.CANCELLED: StepStatus.DUE,
}
"""What a referral's status means for its step. What came back is due again."""


def open_case(draft: CaseState) -> Outcome:
    """Open a case that was written down; its first steps then become due."""
    opened = draft.model_copy(update={"status": CaseStatus.OPEN})
    return record(opened, _event(opened, "open", draft.opened_by, "open", draft.opened_at))


def steps_to_wake(state: CaseState) -> list[tuple[UUID, StepState]]:
    """List the steps that are due from now on and have no deadline yet."""
    if state.status is not CaseStatus.OPEN:
        return []
    return [
        (path.path_id, step)
        for path in state.paths
        for step in path.steps
        if _may_begin(path, step) or (step.status is StepStatus.DUE and step.clock is None)
    ]


def deadline_requests(
    state: CaseState, steps: list[tuple[UUID, StepState]], at: datetime
) -> list[DeadlineRequest]:
    """Return what to ask the calendar for: by when the office refers each of these steps."""
    return [
        DeadlineRequest(
            agency=state.office,
            start=at,
            term=step.terms.refer,
            remind_before=step.terms.remind_before,
        )
        for _, step in steps
    ]


def respond_request(step: StepState, refer: Refer, at: datetime) -> DeadlineRequest:
    """Return what to ask the calendar for: by when the agency answers."""
    return DeadlineRequest(
        agency=refer.to_agency,
        start=at,
        term=step.terms.respond,
        remind_before=step.terms.remind_before,
    )


def wake(state: CaseState, dues: Iterable[StepDue], at: datetime) -> CaseState:
    """Make steps due: the office is responsible, and its clock runs until it refers them."""
    for due in dues:
        clock = StepClock(party=Party.SENDER, since=at, due_at=due.deadline.due_at)
        state = _change(
            state,
            due.path_id,
            due.key,
            status=StepStatus.DUE,
            responsible=state.office,
            clock=clock,
        )
    return state


def check_refer(state: CaseState, refer: Refer) -> StepState:
    """Return the step to be referred, or raise the rule that stands against it."""
    _check_office(state, refer.actor, "refer")
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
        opened_at=at,
        referred_at=step.referred_at or at,
        moved_at=at,
        predecessor=step.referral_id if step.unsettled else None,
        note_id=refer.note_id,
    )


def refer_step(state: CaseState, refer: Refer, referral: ReferralState, cause: str) -> Outcome:
    """Mark the step as referred. The office stays responsible; the receiver's clock runs."""
    event = _event(state, cause, refer.actor, "refer", referral.opened_at).model_copy(
        update={"path_id": refer.path_id, "step": refer.step, "subject": referral.referral_id}
    )
    moved = ReferralMoved.of(referral)
    referred = _take_in(state, moved, referral_id=referral.referral_id)
    return record(referred, event)


def settlement(
    state: CaseState, step: StepState, actor: Principal, action: Ending, reason: Reason | None
) -> Settle | None:
    """Return the message that ends the step's last referral, if that came back unsettled.

    Taken from the state before the act; it carries the number of the event that the act makes.
    """
    if step.referral_id is None or not step.unsettled:
        return None
    return Settle(
        referral_id=step.referral_id,
        actor=actor,
        action=action,
        reason=reason,
        case_seq=state.seq + 1,
    )


def late_settlement(state: CaseState, moved: ReferralMoved) -> Settle | None:
    """Return the settlement again for a referral that came back and never heard of it.

    After a loss of the engine's own data the message may have been lost between both.
    """
    step = state.find(moved.path_id, moved.step)
    came_back = moved.status in {Status.REJECTED, Status.FAILED} and moved.clock is not None
    if step is None or not came_back:
        return None
    elsewhere = step.referral_id != moved.referral_id
    if not elsewhere and step.status is not StepStatus.WAIVED:
        return None
    return Settle(
        referral_id=moved.referral_id,
        actor=Principal.system(),
        action="refer-again" if elsewhere else "waive",
        reason=None if elsewhere else Reason.NO_LONGER_NEEDED,
        case_seq=state.seq,
    )


def referral_moved(state: CaseState, moved: ReferralMoved) -> Outcome | None:
    """Take in where a referral stands. None: it is old news, or the step is elsewhere by now."""
    step = state.find(moved.path_id, moved.step)
    if state.status is not CaseStatus.OPEN or step is None:
        return None
    if step.status in FINISHED or step.referral_id != moved.referral_id:
        return None
    if step.referral_seq >= moved.seq:
        return None
    cause = f"moved:{moved.referral_id}:{moved.seq}"
    event = _event(state, cause, Principal.system(), moved.status, moved.at).model_copy(
        update={"path_id": moved.path_id, "step": moved.step, "subject": moved.referral_id}
    )
    return record(_take_in(state, moved, referral_id=moved.referral_id), event)


def check_waive(state: CaseState, waive: Waive) -> StepState:
    """Return the step to be left out, or raise the rule that stands against it."""
    _check_office(state, waive.actor, "waive")
    if waive.reason not in REASONS_OF_WAIVER:
        raise ReasonMissing(action="waive")
    return _due_step(state, waive.path_id, waive.step)


def waive_step(state: CaseState, waive: Waive, cause: str, at: datetime) -> Outcome:
    """Leave a step out; what comes after it may begin."""
    check_waive(state, waive)
    event = _event(state, cause, waive.actor, "waive", at).model_copy(
        update={
            "path_id": waive.path_id,
            "step": waive.step,
            "reason": waive.reason,
            "note_id": waive.note_id,
        }
    )
    waived = _change(state, waive.path_id, waive.step, status=StepStatus.WAIVED, **_AT_REST)
    return record(waived, event)


def assign_case(state: CaseState, assign: Assign, cause: str, at: datetime) -> Outcome:
    """Give the case to a colleague."""
    check_assign(state, assign)
    event = _event(state, cause, assign.actor, "assign", at)
    event = event.model_copy(update={"subject": assign.case_manager})
    return record(state.model_copy(update={"case_manager": assign.case_manager}), event)


def check_assign(state: CaseState, assign: Assign) -> None:
    """Raise the rule that stands against the assignment: it is the supervisor's to make."""
    _check_office(state, assign.actor, "assign")
    if assign.actor.role is not Role.SUPERVISOR:
        raise NotInvolved(action="assign")


def close_case(state: CaseState, close: Close, cause: str, at: datetime) -> Outcome:
    """Close the case: no step is due any more."""
    check_close(state, close)
    closed = state.model_copy(
        update={"status": CaseStatus.CLOSED, "outcome": close.outcome, "closed_at": at}
    )
    for path in state.paths:
        for step in path.steps:
            closed = _change(closed, path.path_id, step.key, **_AT_REST)
    event = _event(closed, cause, close.actor, "close", at)
    event = event.model_copy(update={"reason": close.outcome, "note_id": close.note_id})
    return record(closed, event)


def check_close(state: CaseState, close: Close) -> None:
    """Raise the rule that stands against closing: no agency may still be at work."""
    _check_office(state, close.actor, "close")
    steps = [step for path in state.paths for step in path.steps]
    if open_steps := [step for step in steps if step.status in WITH_AN_AGENCY]:
        raise StepsOpen(count=str(len(open_steps)))


def settlements_of_closing(state: CaseState, close: Close) -> list[Settle]:
    """List the messages to the referrals that had come back when the case was closed."""
    steps = [step for path in state.paths for step in path.steps]
    messages = [
        settlement(state, step, close.actor, "waive", Reason.NO_LONGER_NEEDED) for step in steps
    ]
    return [message for message in messages if message is not None]


_AT_REST: dict[str, object] = {"responsible": None, "clock": None, "unsettled": False}


def record(state: CaseState, event: CaseEvent) -> Outcome:
    """Number the event and remember its cause."""
    done = ActDone(cause=event.cause, seq=event.seq, at=event.at, status=event.status)
    recent = (*state.recent, done)[-REMEMBERED_ACTS:]
    return state.model_copy(update={"seq": event.seq, "recent": recent}), event


def _event(state: CaseState, cause: str, actor: Principal, action: str, at: datetime) -> CaseEvent:
    return CaseEvent(
        seq=state.seq + 1, cause=cause, at=at, actor=actor, action=action, status=state.status
    )


def _take_in(state: CaseState, moved: ReferralMoved, referral_id: UUID) -> CaseState:
    step = state.find(moved.path_id, moved.step)
    if step is None:
        raise UnknownStep(step=moved.step)
    status = STEP_OF_REFERRAL[moved.status]
    clock = moved.clock and StepClock(
        party=moved.clock.party, since=moved.clock.since, due_at=moved.clock.due_at
    )
    return _change(
        state,
        moved.path_id,
        moved.step,
        status=status,
        responsible=_responsible(state.office, moved.to_agency, status, step.release),
        clock=clock,
        referral_id=referral_id,
        referral_seq=moved.seq,
        referred_at=moved.referred_at,
        unsettled=moved.status in {Status.REJECTED, Status.FAILED},
    )


def _responsible(office: UUID, receiver: UUID, status: StepStatus, release: Release) -> UUID | None:
    """Say who has the baton: the sender, until arrival or effect releases it."""
    if status in FINISHED:
        return None
    released = status is StepStatus.IN_PROGRESS and release is Release.ARRIVAL
    return receiver if released else office


def _may_begin(path: PathState, step: StepState) -> bool:
    finished = {other.key for other in path.steps if other.status in FINISHED}
    return step.status is StepStatus.WAITING and step.after.met_by(finished)


def _due_step(state: CaseState, path_id: UUID, key: str) -> StepState:
    step = state.find(path_id, key)
    if step is None:
        raise UnknownStep(step=key)
    if step.status is not StepStatus.DUE:
        raise StepNotDue(step=key, status=step.status)
    return step


def _check_office(state: CaseState, actor: Principal, action: str) -> None:
    of_the_office = actor.agency_id == state.office
    if not (of_the_office and actor.role in {Role.CASE_MANAGER, Role.SUPERVISOR}):
        raise NotInvolved(action=action)
    if state.status is not CaseStatus.OPEN:
        raise IllegalMove(action=action, status=state.status)


def _change(state: CaseState, path_id: UUID, key: str, **changes: object) -> CaseState:
    paths = tuple(
        path.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(update=changes) if step.key == key else step
                    for step in path.steps
                )
            }
        )
        if path.path_id == path_id
        else path
        for path in state.paths
    )
    return state.model_copy(update={"paths": paths})
