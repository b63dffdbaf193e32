"""What runs out: which entitlements end without another one after them, and by when to act."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from workflows.domain.case_state import CaseState, PathState
from workflows.domain.case_steps import FINISHED
from workflows.domain.clocks import Party, start_clock
from workflows.domain.deadlines import Deadline, DeadlineRequest, LastDay
from workflows.domain.entitlements import Held
from workflows.domain.statuses import CaseStatus
from workflows.domain.terms import ReminderPlan, Term
from workflows.domain.working_days import local_day

PLAN = ReminderPlan(
    remind_before=Term(working_days=10),
    supervisor_after=Term(working_days=5),
    everyone_after=Term(working_days=10),
)
"""Who hears that something runs out. Agencies need weeks for an answer, so there is time."""

ONE_DAY = timedelta(days=1)


def runs_out(held: Held, all_held: Sequence[Held], today: date) -> bool:
    """Tell whether an end is known, and the office still has to see to what comes after it."""
    if held.entitlement.last_day is None or held.let_go:
        return False
    return not any(_follows(other, held, today) for other in all_held)


def act_by(held: Held, today: date) -> date:
    """Return the day by which the office has to have acted; today at the earliest.

    While a path is under way for what follows, that is the last day itself: by then it is there.
    """
    last = held.entitlement.last_day
    if last is None:
        raise ValueError("nothing runs out")
    lead = timedelta(days=0 if held.path_id else held.entitlement.lead_days)
    return max(last - lead, today)


def look_through(state: CaseState, at: datetime) -> CaseState:
    """Note what is seen to: something else follows, or the path to it is under way.

    The clocks of the first stop, those of the second start anew; their gaps close.
    """
    today = local_day(at)
    watched = tuple(
        taken_up(held, state.paths) if runs_out(held, state.entitlements, today) else at_rest(held)
        for held in state.entitlements
    )
    return state.model_copy(update={"entitlements": watched})


def taken_up(held: Held, paths: Sequence[PathState]) -> Held:
    """Return it with the path to what follows, if one is under way for this member or for all."""
    wanted, member = held.entitlement.proposes, held.entitlement.member_id
    if held.path_id or wanted is None:
        return held
    for path in paths:
        if path.pathway == wanted and path.member_id in {member, None} and is_under_way(path):
            return at_rest(held).model_copy(update={"path_id": path.path_id})
    return held


def is_under_way(path: PathState) -> bool:
    """Tell whether something on the path is still to be done."""
    return any(step.status not in FINISHED for step in path.steps)


def entitlements_to_watch(state: CaseState, at: datetime) -> list[Held]:
    """List what runs out and has no clock yet."""
    if state.status is not CaseStatus.OPEN:
        return []
    today = local_day(at)
    return [
        held
        for held in state.entitlements
        if held.clock is None and runs_out(held, state.entitlements, today)
    ]


def requests_for_entitlements(
    state: CaseState, some: Sequence[Held], at: datetime
) -> list[DeadlineRequest]:
    """Return what to ask the calendar for: when each is recalled to the office."""
    today = local_day(at)
    return [
        DeadlineRequest(
            agency=state.office, start=at, length=LastDay(day=act_by(held, today)), plan=PLAN
        )
        for held in some
    ]


def watch(
    state: CaseState, some: Sequence[Held], deadlines: Sequence[Deadline], at: datetime
) -> CaseState:
    """Let the office's clock run for each of them."""
    for held, deadline in zip(some, deadlines, strict=True):
        clock = start_clock(Party.SENDER, at, deadline, state.seq)
        state = change_held(state, held.model_copy(update={"clock": clock}))
    return state


def at_rest(held: Held) -> Held:
    """Return it without a clock and without a gap."""
    return held.model_copy(update={"clock": None, "gap": None})


def change_held(state: CaseState, changed: Held) -> CaseState:
    """Return the case with this in the place of what it held under the same id."""
    entitlements = tuple(
        changed if held.entitlement.id == changed.entitlement.id else held
        for held in state.entitlements
    )
    return state.model_copy(update={"entitlements": entitlements})


def _follows(other: Held, held: Held, today: date) -> bool:
    """Tell whether the other one takes its place: without a day between them, or today at least."""
    ours, theirs = held.entitlement, other.entitlement
    if (ours.member_id, ours.area) != (theirs.member_id, theirs.area) or ours.last_day is None:
        return False
    lasts_longer = theirs.last_day is None or theirs.last_day > ours.last_day
    return lasts_longer and theirs.starts_on <= max(ours.last_day + ONE_DAY, today)
