"""How what happens to a referral is recorded: numbered, and remembered by its cause."""

from datetime import datetime

from workflows.domain.principal import Principal
from workflows.domain.referral_state import (
    REMEMBERED_ACTS,
    ActDone,
    ReferralEvent,
    ReferralState,
)
from workflows.domain.statuses import Status

Outcome = tuple[ReferralState, ReferralEvent]


def new_event(
    state: ReferralState, cause: str, at: datetime, actor: Principal, action: str, status: Status
) -> ReferralEvent:
    """Return the event that follows the referral's last one."""
    return ReferralEvent(
        seq=state.seq + 1, cause=cause, at=at, actor=actor, action=action, status=status
    )


def record(before: ReferralState, after: ReferralState, event: ReferralEvent) -> Outcome:
    """Number the event and remember its cause; the case hears of it if the step moved."""
    done = ActDone(cause=event.cause, seq=event.seq, at=event.at, status=event.status)
    changed: dict[str, object] = {
        "seq": event.seq,
        "recent": (*before.recent, done)[-REMEMBERED_ACTS:],
    }
    if before.seq == 0 or after.step_status is not before.step_status:
        changed |= {"moved_seq": event.seq, "moved_at": event.at}
    return after.model_copy(update=changed), event
