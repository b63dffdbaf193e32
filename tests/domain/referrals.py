"""Referrals for the tests of the domain, and people who act on them."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from tests.cast import ANNA, CLARA, KARIM, OFFICE_A, OTHER_AGENCY, RECEIVER
from workflows.domain.actions import Action, Side
from workflows.domain.acts import ReferralAct
from workflows.domain.appointments import Appointment
from workflows.domain.basis import Basis
from workflows.domain.case_acts import Ending, Settle
from workflows.domain.clock_rules import deadline_request
from workflows.domain.clocks import Party
from workflows.domain.deadlines import DeadlineRequest, deadline_for
from workflows.domain.moves import MOVES
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.referral import apply, open_referral, settle
from workflows.domain.referral_record import Outcome
from workflows.domain.referral_rules import check
from workflows.domain.referral_state import Channel, ReferralState, Release, Source
from workflows.domain.statuses import Status
from workflows.domain.terms import Terms
from workflows.domain.working_days import local_day

MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = MONDAY + HOUR
"""When most acts happen."""
SECOND = timedelta(seconds=1)
BY_TELEPHONE = Source(channel=Channel.TELEPHONE, on=date(2027, 3, 1))

WAY_TO: dict[Status, tuple[Action, ...]] = {
    Status.REQUESTED: (),
    Status.RECEIVED: (Action.RECEIVE,),
    Status.ACCEPTED: (Action.ACCEPT,),
    Status.IN_PROGRESS: (Action.ACCEPT, Action.ARRIVE),
    Status.COMPLETED: (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE),
    Status.REJECTED: (Action.REJECT,),
    Status.FAILED: (Action.ACCEPT, Action.FAIL),
    Status.CANCELLED: (Action.CANCEL,),
    Status.ON_HOLD: (Action.ACCEPT, Action.HOLD),
}
"""The shortest way from the request to each status."""

OF_THE_SENDER = {action for action, move in MOVES.items() if move.side is Side.SENDER}
NOTE = UUID("01920000-0000-7000-a000-000000000004")
_causes = count(1)


def draft(**changes: object) -> ReferralState:
    """Write down a request of Anna's office to the receiving agency."""
    request = ReferralState(
        referral_id=UUID("01920000-0000-7000-a000-000000000001"),
        case_id=UUID("01920000-0000-7000-a000-000000000002"),
        path_id=UUID("01920000-0000-7000-a000-000000000003"),
        step="basic-income",
        from_agency=OFFICE_A,
        to_agency=RECEIVER,
        on_board=True,
        terms=Terms(),
        release=Release.ARRIVAL,
        basis=Basis(statute="§ 67b SGB X"),
        fields=(PersonalData.NAME,),
        chain_id=UUID("01920000-0000-7000-a000-000000000001"),
        opened_at=MONDAY,
        referred_at=MONDAY,
        moved_at=MONDAY,
    )
    return request.model_copy(update=changes)


def send(request: ReferralState) -> Outcome:
    """Send the request as Anna."""
    asked = DeadlineRequest(
        agency=request.to_agency,
        start=request.opened_at,
        length=request.terms.respond,
        plan=request.terms.plan,
    )
    return open_referral(request, ANNA, "sent", deadline_for(asked))


def sent(**changes: object) -> ReferralState:
    """Return a request that was just sent."""
    return send(draft(**changes))[0]


def well_formed(
    action: Action, actor: Principal, at: datetime = NOW, **changes: object
) -> ReferralAct:
    """Return an act with all that it could be asked for: reason, note, day, source and so on."""
    move = MOVES.get(action)
    act = ReferralAct(
        action=action,
        actor=actor,
        reason=min(move.reasons, default=None) if move else None,
        note_id=NOTE,
        assignee=KARIM.user_id if action is Action.ASSIGN else None,
        source=BY_TELEPHONE,
        until=local_day(at) + timedelta(days=14),
        party=Party.CLIENT,
        agency=OTHER_AGENCY,
        appointment=Appointment(at=at + timedelta(days=3)),
    )
    return act.model_copy(update=changes)


def carry_out(
    state: ReferralState,
    action: Action,
    actor: Principal,
    at: datetime = NOW,
    **changes: object,
) -> Outcome:
    """Do it, with the deadline that the calendar gives."""
    act = well_formed(action, actor, at, **changes)
    check(state, act, at)
    request = deadline_request(state, act, at)
    return apply(state, act, f"act-{next(_causes)}", at, deadline_for(request) if request else None)


def after(state: ReferralState, *actions: Action, at: datetime = NOW) -> ReferralState:
    """Return the state after these acts of Clara's, or of Anna's where they are the sender's."""
    for action in actions:
        actor = ANNA if action in OF_THE_SENDER or not state.on_board else CLARA
        state, _ = carry_out(state, action, actor, at)
    return state


def in_status(status: Status, **changes: object) -> ReferralState:
    """Return a referral that came to that status by the shortest way."""
    if status is Status.DRAFT:
        return draft(**changes)
    if status is Status.ENTERED_IN_ERROR:
        return carry_out(sent(**changes), Action.UNDO, ANNA, MONDAY)[0]
    return after(sent(**changes), *WAY_TO[status])


def ending(
    state: ReferralState, action: Ending, reason: Reason | None = None, case_seq: int = 7
) -> Settle:
    """Return how Anna's case ends a referral that came back."""
    return Settle(
        referral_id=state.referral_id, actor=ANNA, action=action, reason=reason, case_seq=case_seq
    )


def settled(state: ReferralState, at: datetime = MONDAY + 2 * HOUR) -> Outcome:
    """End a referral that came back: the case waived its step."""
    outcome = settle(state, ending(state, "waive", Reason.NO_LONGER_NEEDED), at)
    if outcome is None:
        raise AssertionError("it had ended before")
    return outcome
