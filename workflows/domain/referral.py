"""The referral's life: every function takes a state and returns the next one with its event.

Nothing here waits, writes or knows the time: callers pass instants (UTC) and deadlines in.
"""

from datetime import datetime
from uuid import UUID

from workflows.domain.actions import Action
from workflows.domain.acts import ReferralAct
from workflows.domain.case_acts import NewSender, Settle
from workflows.domain.clock_rules import clock_after, running
from workflows.domain.clocks import Party, RunningClock, end_clock, start_clock
from workflows.domain.conferences import Conference, conference_after
from workflows.domain.deadlines import Deadline
from workflows.domain.gaps import Gap, GapKind, GapLevel
from workflows.domain.holds import MEANING, Hold
from workflows.domain.moves import BACK_WITH_SENDER, MOVES, ClockGoesOn, ClockMoved, Move
from workflows.domain.principal import Principal
from workflows.domain.referral_record import Outcome, new_event, record
from workflows.domain.referral_rules import check, side_of, speaks_for_receiver
from workflows.domain.referral_state import ReferralOutcome, ReferralState
from workflows.domain.statuses import Status
from workflows.domain.telling import told_of_act, told_of_request
from workflows.domain.undoing import check_undo, position_before, undoable

UNCHANGED_BY = frozenset({Action.NUDGE, Action.PROGRESS})
"""Acts after which everybody still decides on the same facts."""


LEFT_AS_IT_IS = BACK_WITH_SENDER | {Status.COMPLETED}
"""Statuses in which no agency works on a referral: it stays in them when its case ends it."""


def open_referral(draft: ReferralState, actor: Principal, cause: str, respond: Deadline) -> Outcome:
    """Send the request: the receiver's clock starts, and its queue is told if it is on board."""
    clock = start_clock(Party.RECEIVER, draft.opened_at, respond, seq=1)
    told = told_of_request(draft, clock)
    sent = draft.model_copy(
        update={
            "status": Status.REQUESTED,
            "clock": clock,
            "changed_seq": 1,
            "undoable": undoable(draft, "request", actor, draft.opened_at, told),
        }
    )
    event = new_event(draft, cause, draft.opened_at, actor, "request", sent.status)
    event = event.model_copy(update={"note_id": draft.note_id, "notices": told})
    return record(draft, sent, event)


def apply(
    state: ReferralState, act: ReferralAct, cause: str, at: datetime, deadline: Deadline | None
) -> Outcome:
    """Carry out an act. ``deadline`` is the calendar's answer to its ``deadline_request``."""
    check(state, act, at)
    if act.action is Action.UNDO:
        return _take_back(state, act, cause, at)
    move = MOVES[act.action]
    clock, ended = clock_after(state, act, at, deadline)
    moved = state.model_copy(update=_position_after(state, act, move, clock, at))
    opened = _gaps_opened(state, act, at)
    has_a_new_deadline = clock != state.clock
    closed = tuple(gap for gap in state.gaps if has_a_new_deadline and not _outlasts(gap, moved))
    told = told_of_act(state, moved, act.action, side_of(state, act.actor))
    has_ended = clock is None and state.clock is not None
    after = moved.model_copy(
        update={
            "gaps": (*(gap for gap in state.gaps if gap not in closed), *opened),
            "closed_at": at if has_ended else None,
            "changed_seq": state.changed_seq if act.action in UNCHANGED_BY else state.seq + 1,
            "undoable": None if has_ended else undoable(state, act.action, act.actor, at, told),
        }
    )
    event = new_event(state, cause, at, act.actor, act.action, after.status).model_copy(
        update={
            "reason": act.reason if move.reasons or act.action is Action.CANCEL else None,
            "note_id": act.note_id,
            "source": act.source if speaks_for_receiver(state, move, act.actor) else None,
            "ended": ended,
            "due_before": running(state).due_at if isinstance(move.clock, ClockMoved) else None,
            "gaps_opened": opened,
            "gaps_closed": closed,
            "notices": told,
        }
    )
    return record(state, after, event)


def settle(state: ReferralState, message: Settle, at: datetime) -> Outcome | None:
    """End a referral whose step the case has sent elsewhere or waived, or which it has closed.

    One that is still at work, because its refusal or its effect was just taken back, is cancelled
    by it.
    Returns None where it has ended already.
    """
    if state.closed_at is not None:
        return None
    status = state.status if state.status in LEFT_AS_IT_IS else Status.CANCELLED
    event = new_event(
        state, f"case:{message.case_seq}", at, message.actor, message.action, status
    ).model_copy(
        update={
            "reason": message.reason,
            "ended": end_clock(running(state), state.status, at),
            "gaps_closed": state.gaps,
        }
    )
    ended = state.model_copy(
        update={
            "status": status,
            "clock": None,
            "hold": None,
            "conference": _broken_off(state, at),
            "gaps": (),
            "closed_at": at,
            "changed_seq": event.seq,
            "undoable": None,
            # It is the case that says so: it need not hear of it.
            "moved_seq": event.seq,
            "moved_at": at,
        }
    )
    return record(state, ended, event)


def change_sender(state: ReferralState, message: NewSender, at: datetime) -> Outcome | None:
    """Go on with the office that has taken the case over. None: it does already, or has ended.

    The act before cannot be taken back any more: whoever did it is elsewhere now.
    """
    if state.closed_at is not None or state.from_agency == message.office:
        return None
    event = new_event(
        state, f"sender:{message.case_seq}", at, message.actor, "transfer", state.status
    )
    moved = state.model_copy(
        update={"from_agency": message.office, "changed_seq": event.seq, "undoable": None}
    )
    return record(state, moved, event)


def _take_back(state: ReferralState, act: ReferralAct, cause: str, at: datetime) -> Outcome:
    """Put the referral back where it stood before the latest act; the clock goes on from there."""
    taken_back = check_undo(state, act.actor, at)
    position, ended = position_before(state, taken_back, at, state.seq + 1)
    opened_by_it = tuple(gap for gap in state.gaps if gap.seq == state.seq)
    after = state.model_copy(
        update={name: getattr(position, name) for name in type(position).model_fields}
        | {
            "gaps": tuple(gap for gap in state.gaps if gap not in opened_by_it),
            "closed_at": None if position.clock else at,
            "changed_seq": state.seq + 1,
            "undoable": None,
        }
    )
    event = new_event(state, cause, at, act.actor, act.action, after.status).model_copy(
        update={"undoes": taken_back.action, "ended": ended, "gaps_closed": opened_by_it}
    )
    return record(state, after, event)


def _position_after(
    state: ReferralState, act: ReferralAct, move: Move, clock: RunningClock | None, at: datetime
) -> dict[str, object]:
    """Return what the act changes of where the referral stands."""
    changed: dict[str, object] = {"clock": clock, "claimed_by": _claimant(state, act)}
    if isinstance(move.clock, ClockGoesOn) and state.hold:
        changed |= {"status": state.hold.status, "business_status": state.hold.meaning}
        changed |= {"hold": None}
    elif move.to or (move.clock and not isinstance(move.clock, ClockMoved)):
        changed |= {"status": move.to or state.status, "business_status": move.means}
        changed |= {"hold": _hold(state, act, at) if move.to is Status.ON_HOLD else None}
    match act.action:
        case Action.HOLD if act.party:
            changed |= {"business_status": MEANING[act.party]}
        case Action.APPOINT:
            changed |= {"appointment": act.appointment}
        case Action.NO_SHOW:
            changed |= {"appointment": None}
        case Action.REDIRECT:
            bounced = (*state.bounced, state.to_agency)
            changed |= {"competent_agency": act.agency, "bounced": bounced}
            changed |= {"conference": conference_after(bounced, at)}
        case Action.CONFER if state.conference:
            changed |= {"conference": state.conference.ended(at, act.agency, act.next_step)}
            changed |= {"competent_agency": act.agency or state.competent_agency}
        case Action.COMPLETE:
            changed |= {"outcome": act.outcome or ReferralOutcome.ACHIEVED}
        case Action.DISPUTE:
            changed |= {"outcome": None}
    return changed


def _hold(state: ReferralState, act: ReferralAct, at: datetime) -> Hold:
    clock = running(state)
    return Hold(
        status=state.status,
        meaning=state.business_status,
        party=clock.party,
        remainder=clock.left_at(at),
        reason=act.reason,
    )


def _gaps_opened(state: ReferralState, act: ReferralAct, at: datetime) -> tuple[Gap, ...]:
    """A dispute is a gap from the moment at which it is raised."""
    if act.action is not Action.DISPUTE:
        return ()
    gap = Gap(
        kind=GapKind.DISPUTED,
        party=Party.RECEIVER,
        level=GapLevel.REMINDER,
        opened_at=at,
        seq=state.seq + 1,
        cause=act.reason,
    )
    return (gap,)


def _outlasts(gap: Gap, after: ReferralState) -> bool:
    """Tell whether a gap stays open although its clock has ended: a dispute does, during work."""
    return gap.kind is GapKind.DISPUTED and after.standing is Status.IN_PROGRESS


def _broken_off(state: ReferralState, at: datetime) -> Conference | None:
    """Return the conference, ended without a result if the step went on before it had one."""
    is_open = state.open_conference
    return is_open.ended(at, None, None) if is_open else state.conference


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
