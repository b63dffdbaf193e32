"""Referrals for the tests of the domain, and people who act on them."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from tests.cast import ANNA, CLARA, KARIM, OFFICE_A, RECEIVER
from workflows.domain.basis import Basis
from workflows.domain.case_acts import Ending, Settle
from workflows.domain.deadlines import Deadline, DeadlineRequest, deadline_after
from workflows.domain.moves import MOVES, Action
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.referral import (
    Outcome,
    ReferralAct,
    apply,
    deadline_request,
    open_referral,
    settle,
)
from workflows.domain.referral_state import Channel, ReferralState, Release, Source
from workflows.domain.statuses import Status
from workflows.domain.terms import Terms

MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
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
}
"""The shortest way from the request to each status."""

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
        opened_at=MONDAY,
        referred_at=MONDAY,
        moved_at=MONDAY,
    )
    return request.model_copy(update=changes)


def send(request: ReferralState) -> Outcome:
    """Send the request as Anna."""
    respond = deadline_after(request.opened_at, request.terms.respond, request.terms.remind_before)
    return open_referral(request, ANNA, "sent", respond)


def sent(**changes: object) -> ReferralState:
    """Return a request that was just sent."""
    return send(draft(**changes))[0]


def well_formed(action: Action, actor: Principal, **changes: object) -> ReferralAct:
    """Return an act with all that it could be asked for: reason, assignee and source."""
    act = ReferralAct(
        action=action,
        actor=actor,
        reason=min(MOVES[action].reasons, default=None),
        assignee=KARIM.user_id if action is Action.ASSIGN else None,
        source=BY_TELEPHONE,
    )
    return act.model_copy(update=changes)


def carry_out(
    state: ReferralState,
    action: Action,
    actor: Principal,
    at: datetime = MONDAY + HOUR,
    **changes: object,
) -> Outcome:
    """Do it, with the deadline that the calendar gives."""
    act = well_formed(action, actor, **changes)
    deadline = find_deadline(deadline_request(state, action, at))
    return apply(state, act, f"act-{next(_causes)}", at, deadline)


def find_deadline(request: DeadlineRequest | None) -> Deadline | None:
    """Look into the calendar, if something is asked of it."""
    if request is None:
        return None
    return deadline_after(request.start, request.term, request.remind_before)


def after(state: ReferralState, *actions: Action, at: datetime = MONDAY + HOUR) -> ReferralState:
    """Return the state after these acts of Clara's, or of Anna's where they are the sender's."""
    for action in actions:
        actor = ANNA if action in {Action.CANCEL, Action.NUDGE} or not state.on_board else CLARA
        state, _ = carry_out(state, action, actor, at)
    return state


def in_status(status: Status, **changes: object) -> ReferralState:
    """Return a referral that came to that status by the shortest way."""
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
