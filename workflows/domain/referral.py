"""The referral's rules: every function takes a state and returns the next one with its event.

Nothing here waits, writes or knows the time: callers pass instants (UTC) and deadlines in.
"""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.case_acts import Settle
from workflows.domain.clocks import Party, RunningClock, end_clock, start_clock
from workflows.domain.deadlines import Deadline, DeadlineRequest
from workflows.domain.errors import (
    AlreadyClaimed,
    AssigneeMissing,
    IllegalMove,
    NotInvolved,
    ReasonMissing,
    SourceMissing,
    StaleView,
)
from workflows.domain.gaps import GAP_OF_STATUS, Gap, GapLevel
from workflows.domain.moves import (
    BACK_WITH_SENDER,
    MOVES,
    Action,
    ClockStart,
    ClockStop,
    Move,
    Side,
)
from workflows.domain.notices import Audience, Notice, NoticeKind
from workflows.domain.principal import Principal, Role
from workflows.domain.reasons import Reason
from workflows.domain.referral_state import (
    REMEMBERED_ACTS,
    ActDone,
    ReferralEvent,
    ReferralState,
    Source,
)
from workflows.domain.statuses import STEP_OF_REFERRAL

Outcome = tuple[ReferralState, ReferralEvent]


class ReferralAct(BaseModel):
    """A person's act. Free text went into a note first; only its id travels."""

    model_config = ConfigDict(frozen=True)

    action: Action
    actor: Principal
    expected_seq: int | None = None
    reason: Reason | None = None
    note_id: UUID | None = None
    assignee: UUID | None = None
    source: Source | None = None


def open_referral(draft: ReferralState, actor: Principal, cause: str, respond: Deadline) -> Outcome:
    """Send the request: the receiver's clock starts, and its queue is told if it is on board."""
    clock = start_clock(Party.RECEIVER, draft.opened_at, respond, seq=1)
    request = Notice(kind=NoticeKind.REQUEST, audience=Audience.RECEIVER, clock_seq=1)
    state = draft.model_copy(update={"clock": clock, "seq": 1, "changed_seq": 1, "moved_seq": 1})
    event = ReferralEvent(
        seq=1,
        cause=cause,
        at=draft.opened_at,
        actor=actor,
        action="request",
        status=state.status,
        note_id=draft.note_id,
        notices=(request,) if draft.on_board else (),
    )
    return state, event


def check(state: ReferralState, act: ReferralAct) -> Move:
    """Return the move that the act makes, or raise the rule that it breaks."""
    move = MOVES[act.action]
    if not _may(state, move, act.actor):
        raise NotInvolved(action=act.action)
    if state.status not in move.allowed_in:
        raise IllegalMove(action=act.action, status=state.status)
    if act.expected_seq is not None and act.expected_seq < state.changed_seq:
        raise StaleView(action=act.action, status=state.status)
    if move.reasons and act.reason not in move.reasons:
        raise ReasonMissing(action=act.action)
    if _speaks_for_receiver(state, move, act.actor) and act.source is None:
        raise SourceMissing(action=act.action)
    _check_claim(state, act)
    return move


def deadline_request(state: ReferralState, action: Action, at: datetime) -> DeadlineRequest | None:
    """Return what to ask the calendar for, if the move starts a clock."""
    start = MOVES[action].clock
    if not isinstance(start, ClockStart):
        return None
    return DeadlineRequest(
        agency=state.from_agency if start.party is Party.SENDER else state.to_agency,
        start=at,
        term=state.terms.named(start.term),
        remind_before=state.terms.remind_before,
    )


def apply(
    state: ReferralState, act: ReferralAct, cause: str, at: datetime, deadline: Deadline | None
) -> Outcome:
    """Carry out a checked act. ``deadline`` belongs to the clock that it starts, if any."""
    move = check(state, act)
    seq = state.seq + 1
    status = move.to or state.status
    changed: dict[str, object] = {"status": status, "claimed_by": _claimant(state, act)}
    event = ReferralEvent(
        seq=seq,
        cause=cause,
        at=at,
        actor=act.actor,
        action=act.action,
        status=status,
        reason=act.reason if move.reasons or act.action is Action.CANCEL else None,
        note_id=act.note_id,
        source=act.source if _speaks_for_receiver(state, move, act.actor) else None,
    )
    if act.action is not Action.NUDGE and act.action is not Action.PROGRESS:
        changed["changed_seq"] = seq
    if STEP_OF_REFERRAL[status] is not STEP_OF_REFERRAL[state.status]:
        changed |= {"moved_seq": seq, "moved_at": at}
    if move.clock is not None:
        event = _end_clock(state, event)
        changed |= {"clock": None, "gaps": ()}
    if isinstance(move.clock, ClockStart):
        if deadline is None:
            raise ValueError(f"{act.action} starts a clock and needs its deadline")
        changed["clock"] = start_clock(move.clock.party, at, deadline, seq)
    if isinstance(move.clock, ClockStop):
        changed["closed_at"] = at
    next_state = state.model_copy(update=changed)
    event = event.model_copy(update={"notices": _notices(next_state, act.action)})
    return _record(next_state, event)


def settle(state: ReferralState, message: Settle, at: datetime) -> Outcome | None:
    """End a referral that came back, because the case sent the step elsewhere or waived it.

    Returns None where nothing has come back, or where it has ended already.
    """
    if state.status not in BACK_WITH_SENDER or state.closed_at is not None:
        return None
    seq = state.seq + 1
    event = ReferralEvent(
        seq=seq,
        cause=f"case:{message.case_seq}",
        at=at,
        actor=message.actor,
        action=message.action,
        status=state.status,
        reason=message.reason,
    )
    event = _end_clock(state, event)
    ended = {"clock": None, "gaps": (), "closed_at": at, "changed_seq": seq}
    ended |= {"moved_seq": seq, "moved_at": at}
    return _record(state.model_copy(update=ended), event)


def next_moment(state: ReferralState) -> datetime | None:
    """Return when the running clock next needs something done, or None."""
    clock = state.clock
    if clock is None or clock.overdue:
        return None
    if clock.remind_at is not None and not clock.reminded:
        return clock.remind_at
    return clock.due_at


def pass_moment(state: ReferralState, at: datetime) -> Outcome | None:
    """Do what the clock asks for at this instant: remind, or open the gap. None: nothing is due."""
    moment, clock = next_moment(state), state.clock
    if moment is None or clock is None or at < moment:
        return None
    if at >= clock.due_at:
        return _overdue(state, at)
    return _remind(state, at)


def _remind(state: ReferralState, at: datetime) -> Outcome:
    clock = _running(state)
    notice = Notice(kind=NoticeKind.REMINDER, audience=_party_on_turn(state), clock_seq=clock.seq)
    event = _moment_event(state, "remind", at).model_copy(update={"notices": (notice,)})
    reminded = {"clock": clock.model_copy(update={"reminded": True})}
    return _record(state.model_copy(update=reminded), event)


def _overdue(state: ReferralState, at: datetime) -> Outcome:
    clock = _running(state)
    gap = Gap(
        kind=GAP_OF_STATUS[state.status],
        party=clock.party,
        level=GapLevel.SUPERVISOR,
        opened_at=clock.due_at,
        seq=state.seq + 1,
    )
    notices = (
        Notice(kind=NoticeKind.OVERDUE, audience=_party_on_turn(state), clock_seq=clock.seq),
        Notice(kind=NoticeKind.GAP, audience=Audience.SENDERS_SUPERVISORS, clock_seq=clock.seq),
    )
    event = _moment_event(state, "overdue", at)
    event = event.model_copy(update={"gaps_opened": (gap,), "notices": notices})
    passed = clock.model_copy(update={"reminded": True, "overdue": True})
    return _record(state.model_copy(update={"clock": passed, "gaps": (*state.gaps, gap)}), event)


def _moment_event(state: ReferralState, action: str, at: datetime) -> ReferralEvent:
    return ReferralEvent(
        seq=state.seq + 1,
        cause=f"{action}:{_running(state).seq}",
        at=at,
        actor=Principal.system(),
        action=action,
        status=state.status,
    )


def _record(state: ReferralState, event: ReferralEvent) -> Outcome:
    done = ActDone(cause=event.cause, seq=event.seq, at=event.at, status=event.status)
    recent = (*state.recent, done)[-REMEMBERED_ACTS:]
    return state.model_copy(update={"seq": event.seq, "recent": recent}), event


def _end_clock(state: ReferralState, event: ReferralEvent) -> ReferralEvent:
    clock = _running(state)
    ended = end_clock(clock, state.status, event.at)
    return event.model_copy(update={"ended": ended, "gaps_closed": state.gaps})


def _running(state: ReferralState) -> RunningClock:
    if state.clock is None:
        raise IllegalMove(action="clock", status=state.status)
    return state.clock


def _party_on_turn(state: ReferralState) -> Audience:
    """Return who is reminded. For an agency that is not on board the sender is: "call them"."""
    if _running(state).party is Party.RECEIVER and state.on_board:
        return Audience.RECEIVER
    return Audience.SENDER


def _notices(state: ReferralState, action: Action) -> tuple[Notice, ...]:
    if state.clock is None or not state.on_board:
        return ()
    kinds = {
        Action.NUDGE: (NoticeKind.NUDGE, Audience.RECEIVER),
        Action.REJECT: (NoticeKind.REJECTED, Audience.SENDER),
        Action.FAIL: (NoticeKind.FAILED, Audience.SENDER),
    }
    if action not in kinds:
        return ()
    kind, audience = kinds[action]
    return (Notice(kind=kind, audience=audience, clock_seq=state.clock.seq),)


def _may(state: ReferralState, move: Move, actor: Principal) -> bool:
    return actor.role in move.roles and (
        side_of(state, actor) is move.side or _speaks_for_receiver(state, move, actor)
    )


def side_of(state: ReferralState, actor: Principal) -> Side | None:
    """Return the side that the person stands on, or None."""
    if actor.agency_id == state.to_agency and actor.role in {Role.AGENCY_MEMBER, Role.SUPERVISOR}:
        return Side.RECEIVER
    if actor.agency_id == state.from_agency and actor.role in {Role.CASE_MANAGER, Role.SUPERVISOR}:
        return Side.SENDER
    return None


def _speaks_for_receiver(state: ReferralState, move: Move, actor: Principal) -> bool:
    """Tell whether the sender records an answer for an agency that is not on board."""
    answer = move.side is Side.RECEIVER and not move.within_house
    return answer and not state.on_board and side_of(state, actor) is Side.SENDER


def _check_claim(state: ReferralState, act: ReferralAct) -> None:
    if act.action is Action.CLAIM and state.claimed_by not in {None, act.actor.user_id}:
        raise AlreadyClaimed(by=str(state.claimed_by))
    if act.action is Action.ASSIGN and act.assignee is None:
        raise AssigneeMissing(action=act.action)
    if not _makes_sense(state, act.action, act.actor):
        raise IllegalMove(action=act.action, status=state.status)


def _makes_sense(state: ReferralState, action: Action, actor: Principal) -> bool:
    match action:
        case Action.CLAIM:
            return state.claimed_by in {None, actor.user_id}
        case Action.RELEASE:
            return state.claimed_by is not None
        case Action.NUDGE:
            return state.on_board
        case _:
            return True


def _claimant(state: ReferralState, act: ReferralAct) -> UUID | None:
    """Return who works on it after the act: who takes it up keeps it until it is released."""
    match act.action:
        case Action.CLAIM:
            return act.actor.user_id
        case Action.ASSIGN:
            return act.assignee
        case Action.RELEASE:
            return None
        case Action.ACCEPT if state.on_board:
            return state.claimed_by or act.actor.user_id
        case _:
            return state.claimed_by


def allowed_actions(state: ReferralState, actor: Principal) -> list[Action]:
    """List what this person may do now, in the order of the table. Pages show these and no more."""
    return [
        action
        for action, move in MOVES.items()
        if state.status in move.allowed_in
        and _may(state, move, actor)
        and _makes_sense(state, action, actor)
    ]
