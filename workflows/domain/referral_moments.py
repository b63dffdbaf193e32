"""What happens to a referral because time passes: it is recalled, a gap opens or rises, or the
time for objections is over."""

from datetime import datetime

from workflows.domain.clock_rules import running
from workflows.domain.clocks import RunningClock, end_clock
from workflows.domain.deadlines import Recall
from workflows.domain.gaps import LEVEL_AT, Gap, GapLevel, kind_of_gap, recalled_as
from workflows.domain.principal import Principal
from workflows.domain.referral_record import Outcome, new_event, record
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import Status
from workflows.domain.telling import told_of_moments


def next_moment(state: ReferralState) -> datetime | None:
    """Return when the running clock next needs something done, or None."""
    moment = state.clock and state.clock.next_moment
    return moment.at if moment else None


def pass_moment(state: ReferralState, at: datetime) -> Outcome | None:
    """Do what the clock asks for at this instant. None: nothing is due."""
    if state.clock is None:
        return None
    clock, recalls = state.clock.passing(at)
    if not recalls:
        return None
    if recalls == [Recall.REMINDER]:
        return _remind(state, clock, at)
    if state.status is Status.COMPLETED:
        return _lapse(state, at)
    return _raise_gap(state, clock, recalls, at)


def _remind(state: ReferralState, clock: RunningClock, at: datetime) -> Outcome:
    event = new_event(
        state, f"reminder:{clock.seq}", at, Principal.system(), "remind", state.status
    )
    told = told_of_moments(state, clock, [Recall.REMINDER])
    after = state.model_copy(update={"clock": clock, "undoable": None})
    return record(state, after, event.model_copy(update={"notices": told}))


def _raise_gap(
    state: ReferralState, clock: RunningClock, recalls: list[Recall], at: datetime
) -> Outcome:
    """Open the gap of the clock that ran out, or let the one that is open rise."""
    gap, opened, raised = _gap(state, clock, LEVEL_AT[recalls[-1]])
    event = new_event(
        state,
        f"{recalls[-1]}:{clock.seq}",
        at,
        Principal.system(),
        recalled_as(recalls),
        state.status,
    ).model_copy(
        update={
            "gaps_opened": opened,
            "gaps_raised": raised,
            "notices": told_of_moments(state, clock, recalls),
        }
    )
    others = tuple(other for other in state.gaps if other.seq != gap.seq)
    after = state.model_copy(update={"clock": clock, "gaps": (*others, gap), "undoable": None})
    return record(state, after, event)


def _gap(
    state: ReferralState, clock: RunningClock, level: GapLevel
) -> tuple[Gap, tuple[Gap, ...], tuple[Gap, ...]]:
    """Return the gap as it is now, what was opened, and what has risen."""
    if state.gaps:
        risen = state.gaps[-1].risen_to(level)
        return risen, (), (risen,)
    awaits_appointment = state.terms.appoint is not None and state.appointment is None
    gap = Gap(
        kind=kind_of_gap(
            state.standing, state.business_status, awaits_appointment=awaits_appointment
        ),
        party=clock.party,
        level=level,
        opened_at=clock.due_at,
        seq=state.seq + 1,
        cause=state.hold.reason if state.hold else state.business_status,
    )
    return gap, (gap,), ()


def _lapse(state: ReferralState, at: datetime) -> Outcome:
    """Nobody said that it did not happen: it ends as it was reported."""
    clock = running(state)
    event = new_event(state, f"lapse:{clock.seq}", at, Principal.system(), "lapse", state.status)
    event = event.model_copy(update={"ended": end_clock(clock, state.status, at)})
    ended = {"clock": None, "closed_at": at, "changed_seq": event.seq, "undoable": None}
    return record(state, state.model_copy(update=ended), event)
