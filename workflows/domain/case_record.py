"""How an act on a case is recorded: numbered, and remembered by its cause."""

from datetime import datetime

from workflows.domain.case_state import CaseEvent, CaseState
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


def record(state: CaseState, event: CaseEvent) -> Outcome:
    """Number the event and remember its cause."""
    done = ActDone(cause=event.cause, seq=event.seq, at=event.at, status=event.status)
    recent = (*state.recent, done)[-REMEMBERED_ACTS:]
    return state.model_copy(update={"seq": event.seq, "recent": recent}), event
