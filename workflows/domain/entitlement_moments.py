"""What happens because an entitlement runs out: the office is told, and a gap opens and rises."""

from datetime import datetime

from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_state import CaseState
from workflows.domain.clocks import RunningClock
from workflows.domain.deadlines import Recall
from workflows.domain.entitlements import Held
from workflows.domain.gaps import GapKind, gap_after, recalled_as
from workflows.domain.principal import Principal
from workflows.domain.running_out import change_held
from workflows.domain.telling import told_of_step


def recall_what_runs_out(state: CaseState, at: datetime) -> Outcome | None:
    """Do what the clock of one entitlement asks for at this instant. None: nothing is due."""
    for held in state.entitlements:
        if held.clock is None:
            continue
        passed, recalls = held.clock.passing(at)
        if recalls:
            return _recall(state, held, passed, recalls, at)
    return None


def _recall(
    state: CaseState, held: Held, clock: RunningClock, recalls: list[Recall], at: datetime
) -> Outcome:
    entitlement_id = held.entitlement.id
    cause = f"{recalls[-1]}:{clock.seq}:entitlement:{entitlement_id}"
    event = new_event(state, cause, Principal.system(), recalled_as(recalls), at)
    gap = gap_after(held.gap, clock, recalls[-1], GapKind.DOCUMENT_EXPIRING, event.seq)
    event = event.model_copy(
        update={
            "entitlement_id": entitlement_id,
            "gaps_opened": (gap,) if gap and not held.gap else (),
            "gaps_raised": (gap,) if gap and held.gap else (),
            "notices": told_of_step(clock, recalls),
        }
    )
    recalled = held.model_copy(update={"clock": clock, "gap": gap})
    return record(state, change_held(state, recalled), event)
