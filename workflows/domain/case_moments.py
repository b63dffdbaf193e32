"""What happens to a case because time passes: the office is reminded of the steps that it has yet
to send on, and for each that nobody sends on a gap opens and rises (``unrouted``, or
``consent-missing`` where nothing permits it). Likewise of what runs out (``document-expiring``).
"""

from collections.abc import Collection
from datetime import datetime

from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_state import CaseState, Offer
from workflows.domain.case_steps import DueStep, Place, change_step
from workflows.domain.clocks import RunningClock
from workflows.domain.deadlines import Recall
from workflows.domain.entitlement_moments import recall_what_runs_out
from workflows.domain.gaps import GapKind, gap_after, recalled_as
from workflows.domain.principal import Principal
from workflows.domain.telling import told_of_offers_moments, told_of_step


def next_moment(state: CaseState) -> datetime | None:
    """Return when a clock of the case's own next needs something done, or None."""
    of_steps = [clock for _, clock in _running(state)]
    of_the_offer = [state.offer.clock] if state.offer else []
    of_entitlements = [held.clock for held in state.entitlements if held.clock]
    clocks = [*of_steps, *of_the_offer, *of_entitlements]
    moments = [clock.next_moment for clock in clocks]
    return min((moment.at for moment in moments if moment), default=None)


def overdue_at(state: CaseState, at: datetime) -> list[Place]:
    """List the steps of which others hear at this instant that they were not sent on."""
    return [
        (path_id, step.key)
        for (path_id, step), clock in _running(state)
        if set(clock.passing(at)[1]) - {Recall.REMINDER}
    ]


def pass_moment(
    state: CaseState, at: datetime, without_basis: Collection[Place] = ()
) -> Outcome | None:
    """Do what one clock asks for at this instant. None: nothing is due on any.

    ``without_basis``: the overdue steps for which neither a statute nor a consent is there.
    """
    if state.offer and (outcome := _recall_offer(state, state.offer, at)):
        return outcome
    for (path_id, step), clock in _running(state):
        passed, recalls = clock.passing(at)
        if recalls:
            is_without = (path_id, step.key) in without_basis
            kind = GapKind.CONSENT_MISSING if is_without else GapKind.UNROUTED
            return _recall(state, (path_id, step), passed, recalls, kind, at)
    return recall_what_runs_out(state, at)


def waiting_for_consent(state: CaseState) -> list[Place]:
    """List the steps that were not sent on because a consent is missing."""
    return [
        (path_id, step.key)
        for (path_id, step), _ in _running(state)
        if step.gap and step.gap.kind is GapKind.CONSENT_MISSING
    ]


def take_in_consent(
    state: CaseState, without_basis: Collection[Place], at: datetime
) -> Outcome | None:
    """Note for one step that a basis is there now, so that it can be sent on. None: for none."""
    for (path_id, step), _ in _running(state):
        place, gap = (path_id, step.key), step.gap
        if gap and place in waiting_for_consent(state) and place not in without_basis:
            cause = f"basis:{gap.seq}:{path_id}:{step.key}"
            event = new_event(state, cause, Principal.system(), "consent-given", at)
            instead = gap.model_copy(
                update={"kind": GapKind.UNROUTED, "opened_at": at, "seq": event.seq}
            )
            event = event.model_copy(
                update={"path_id": path_id, "step": step.key, "gaps_opened": (instead,)}
            )
            return record(state, change_step(state, path_id, step.key, gap=instead), event)
    return None


def _recall(
    state: CaseState,
    place: DueStep,
    clock: RunningClock,
    recalls: list[Recall],
    kind: GapKind,
    at: datetime,
) -> Outcome:
    path_id, step = place
    cause = f"{recalls[-1]}:{clock.seq}:{path_id}:{step.key}"
    event = new_event(state, cause, Principal.system(), recalled_as(recalls), at)
    gap = gap_after(step.gap, clock, recalls[-1], kind, event.seq)
    event = event.model_copy(
        update={
            "path_id": path_id,
            "step": step.key,
            "gaps_opened": (gap,) if gap and not step.gap else (),
            "gaps_raised": (gap,) if gap and step.gap else (),
            "notices": told_of_step(clock, recalls),
        }
    )
    return record(state, change_step(state, path_id, step.key, clock=clock, gap=gap), event)


def _recall_offer(state: CaseState, offer: Offer, at: datetime) -> Outcome | None:
    """Recall to the other office that a case is offered to it."""
    clock, recalls = offer.clock.passing(at)
    if not recalls:
        return None
    cause = f"{recalls[-1]}:{clock.seq}:offer"
    event = new_event(state, cause, Principal.system(), recalled_as(recalls), at)
    gap = gap_after(offer.gap, clock, recalls[-1], GapKind.UNANSWERED, event.seq)
    event = event.model_copy(
        update={
            "subject": offer.to_office,
            "gaps_opened": (gap,) if gap and not offer.gap else (),
            "gaps_raised": (gap,) if gap and offer.gap else (),
            "notices": told_of_offers_moments(clock, recalls),
        }
    )
    recalled = offer.model_copy(update={"clock": clock, "gap": gap})
    return record(state, state.model_copy(update={"offer": recalled}), event)


def _running(state: CaseState) -> list[tuple[DueStep, RunningClock]]:
    return [
        ((path.path_id, step), step.clock)
        for path in state.paths
        for step in path.steps
        if step.clock
    ]
