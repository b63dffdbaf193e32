"""How an act on a case is recorded: numbered, and remembered by its cause."""

from datetime import datetime

from workflows.domain.case_state import CaseEvent, CaseState
from workflows.domain.gaps import Gap
from workflows.domain.principal import Principal
from workflows.domain.referral_state import REMEMBERED_ACTS, ActDone

Outcome = tuple[CaseState, CaseEvent]


def new_event(
    state: CaseState, cause: str, actor: Principal, action: str, at: datetime
) -> CaseEvent:
    """Return the event that follows the case's last one."""
    return CaseEvent(
        seq=state.seq + 1, cause=cause, at=at, actor=actor, action=action, status=state.status
    )


def record(before: CaseState, after: CaseState, event: CaseEvent) -> Outcome:
    """Number the event and remember its cause; gaps of steps that moved on are closed with it."""
    done = ActDone(cause=event.cause, seq=event.seq, at=event.at, status=event.status)
    recent = (*after.recent, done)[-REMEMBERED_ACTS:]
    still_open = {gap.seq for gap in _gaps(after)}
    closed = tuple(gap for gap in _gaps(before) if gap.seq not in still_open)
    return (
        after.model_copy(update={"seq": event.seq, "recent": recent}),
        event.model_copy(update={"gaps_closed": closed}),
    )


def _gaps(state: CaseState) -> list[Gap]:
    of_steps = [step.gap for path in state.paths for step in path.steps]
    of_the_offer = [state.offer.gap] if state.offer else []
    of_entitlements = [held.gap for held in state.entitlements]
    return [gap for gap in (*of_steps, *of_the_offer, *of_entitlements) if gap]
