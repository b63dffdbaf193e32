"""Taking the latest act back: within minutes, by who did it, as an event of its own.

Not what has been mailed, not what ended the referral, and nothing that somebody built on.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from workflows.domain.actions import Action
from workflows.domain.clock_rules import running
from workflows.domain.clocks import RunningClock, Span, end_clock, take_up_clock
from workflows.domain.errors import NothingToUndo, UndoTooLate
from workflows.domain.notices import Delivery, Notice
from workflows.domain.principal import Principal
from workflows.domain.referral_state import Position, ReferralState, Undoable
from workflows.domain.statuses import Status

UNDO_WINDOW = timedelta(minutes=5)
"""So long an act can be taken back; no mail about it leaves before."""


WORTH_NO_UNDO = frozenset(
    {Action.NUDGE, Action.PROGRESS, Action.CLAIM, Action.RELEASE, Action.ASSIGN}
)
"""Said is said; and who works on it is changed by claiming, releasing and assigning again."""


def undoable(
    before: ReferralState, action: str, actor: Principal, at: datetime, told: Iterable[Notice]
) -> Undoable | None:
    """Return what can be taken back of an act that was just done; None if nothing can."""
    is_mailed = any(notice.delivery is Delivery.AT_ONCE for notice in told)
    if is_mailed or action in WORTH_NO_UNDO:
        return None
    return Undoable(
        action=action, actor=actor.user_id, until=at + UNDO_WINDOW, before=before.position
    )


def check_undo(state: ReferralState, actor: Principal, at: datetime) -> Undoable:
    """Return what the person can take back, or raise the rule that stands against it."""
    undoable = state.undoable
    if undoable is None or undoable.actor != actor.user_id:
        raise NothingToUndo(action="undo")
    if at >= undoable.until:
        raise UndoTooLate(action="undo")
    return undoable


def may_undo(state: ReferralState, actor: Principal, at: datetime) -> bool:
    """Tell whether the person can take something back now."""
    try:
        check_undo(state, actor, at)
    except (NothingToUndo, UndoTooLate):
        return False
    return True


def position_before(
    state: ReferralState, undoable: Undoable, at: datetime, seq: int
) -> tuple[Position, Span | None]:
    """Return where the referral stood before the act, and the span that ends if its clock did.

    The clock that ran then runs again from now on: spans that are over stay as they are. A
    request that is taken back was sent in error.
    """
    before, clock = undoable.before, running(state)
    if before.clock is None:
        error = state.position.model_copy(update={"status": Status.ENTERED_IN_ERROR, "clock": None})
        return error, end_clock(clock, state.status, at)
    if clock == before.clock:
        return before, None
    is_one_stretch = _is_the_same_stretch(clock, before.clock)
    since = before.clock.since if is_one_stretch else at
    again = before.model_copy(update={"clock": take_up_clock(before.clock, since, seq)})
    return again, None if is_one_stretch else end_clock(clock, state.status, at)


def _is_the_same_stretch(clock: RunningClock, before: RunningClock) -> bool:
    """Tell whether only the deadline was moved."""
    return (clock.party, clock.since) == (before.party, before.since)
