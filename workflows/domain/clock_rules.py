"""What an act does to the clock: the third column of the table of moves."""

from datetime import datetime

from workflows.domain.acts import ReferralAct
from workflows.domain.clocks import (
    Party,
    RunningClock,
    Span,
    end_clock,
    move_clock,
    start_clock,
)
from workflows.domain.deadlines import Deadline, DeadlineRequest, LastDay, Length
from workflows.domain.errors import IllegalMove
from workflows.domain.moves import (
    MOVES,
    ClockAfterAppointment,
    ClockGoesOn,
    ClockMoved,
    ClockPause,
    ClockRule,
    ClockStart,
)
from workflows.domain.referral_state import ReferralState


def running(state: ReferralState) -> RunningClock:
    """Return the running clock; what has ended has none."""
    if state.clock is None:
        raise IllegalMove(action="clock", status=state.status)
    return state.clock


def deadline_request(
    state: ReferralState, act: ReferralAct, at: datetime
) -> DeadlineRequest | None:
    """Return what to ask the calendar for, if the act starts a clock or moves its end."""
    rule = MOVES[act.action].clock if act.action in MOVES else None
    party = party_on_turn(state, act, rule)
    length = _length(state, act, rule)
    if party is None or length is None:
        return None
    awaited = act.appointment if isinstance(rule, ClockAfterAppointment) else None
    return DeadlineRequest(
        agency=state.from_agency if party in {Party.SENDER, Party.CLIENT} else state.to_agency,
        start=awaited.at if awaited else at,
        length=length,
        plan=state.terms.plan,
    )


def clock_after(
    state: ReferralState, act: ReferralAct, at: datetime, deadline: Deadline | None
) -> tuple[RunningClock | None, Span | None]:
    """Return the clock that runs after the act, and the span that ended with it."""
    rule, clock, seq = MOVES[act.action].clock, state.clock, state.seq + 1
    if rule is None:
        return clock, None
    if isinstance(rule, ClockMoved) and deadline:
        return move_clock(running(state), deadline, seq), None
    ended = end_clock(running(state), state.status, at)
    party = party_on_turn(state, act, rule)
    if party is None or deadline is None:
        return None, ended
    return start_clock(party, at, deadline, seq), ended


def party_on_turn(state: ReferralState, act: ReferralAct, rule: ClockRule) -> Party | None:
    """Return whose clock runs after the act; None: nobody is waited for."""
    match rule:
        case ClockStart():
            return rule.party
        case ClockPause():
            return act.party
        case ClockGoesOn():
            return state.hold.party if state.hold else None
        case ClockAfterAppointment():
            return Party.RECEIVER
        case ClockMoved():
            return running(state).party
        case _:
            return None


def _length(state: ReferralState, act: ReferralAct, rule: ClockRule) -> Length | None:
    match rule:
        case ClockStart():
            otherwise = state.terms.named(rule.or_else) if rule.or_else else None
            return state.terms.named(rule.term) or otherwise
        case ClockPause() | ClockMoved():
            return LastDay(day=act.until) if act.until else None
        case ClockGoesOn():
            return state.hold.remainder if state.hold else None
        case ClockAfterAppointment():
            return state.terms.record
        case _:
            return None
