"""What people note about entitlements, with what follows from it for the clocks of the office."""

from datetime import datetime
from uuid import UUID

from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_rights import check_office, check_present
from workflows.domain.case_state import CaseState
from workflows.domain.entitlement_acts import ChangeEntitlement, LetRunOut, RecordEntitlement
from workflows.domain.entitlements import Entitlement, Held
from workflows.domain.errors import (
    EndsBeforeStart,
    EntitlementsFull,
    ReasonMissing,
    UnknownEntitlement,
)
from workflows.domain.legal_rules import EndedByLaw
from workflows.domain.reasons import REASONS_OF_WAIVER
from workflows.domain.running_out import at_rest, change_held, look_through

MOST_HELD = 200
"""So many entitlements one case can keep: its state has to stay small."""


def check_record(state: CaseState, act: RecordEntitlement) -> None:
    """Raise the rule that stands against noting the entitlement."""
    check_office(state, act.actor, "record-entitlement")
    check_present(state, act.entitlement.member_id)
    if len(state.entitlements) >= MOST_HELD:
        raise EntitlementsFull(most=str(MOST_HELD))


def record_entitlement(
    state: CaseState, act: RecordEntitlement, cause: str, at: datetime
) -> Outcome:
    """Note the entitlement; what ends by law gets its last day, and a clock of its own from it."""
    check_record(state, act)
    held = (*state.entitlements, Held(entitlement=act.entitlement))
    noted = state.model_copy(update={"entitlements": held})
    for ending in act.ends:
        noted = _end_by_law(noted, act.entitlement.member_id, ending)
    event = new_event(state, cause, act.actor, "record-entitlement", at)
    return record(
        state,
        look_through(noted, at),
        event.model_copy(update={"entitlement_id": act.entitlement.id}),
    )


def check_change(state: CaseState, act: ChangeEntitlement) -> Held:
    """Return what is to be changed, or raise the rule that stands against it."""
    check_office(state, act.actor, "change-entitlement")
    held = _held(state, act.entitlement_id)
    check_present(state, held.entitlement.member_id)
    starts_on = held.entitlement.starts_on
    if any(last and last < starts_on for last in (act.printed_until, act.effective_until)):
        raise EndsBeforeStart(starts_on=starts_on.isoformat())
    return held


def change_entitlement(
    state: CaseState, act: ChangeEntitlement, cause: str, at: datetime
) -> Outcome:
    """Note its days anew; where its last day is another one, the office's clock starts anew."""
    held = check_change(state, act)
    changed = _with_days(held, act)
    event = new_event(state, cause, act.actor, "change-entitlement", at)
    event = event.model_copy(update={"entitlement_id": act.entitlement_id})
    return record(state, look_through(change_held(state, changed), at), event)


def check_let_run_out(state: CaseState, act: LetRunOut) -> Held:
    """Return what is let run out, or raise the rule that stands against it."""
    check_office(state, act.actor, "let-run-out")
    held = _held(state, act.entitlement_id)
    check_present(state, held.entitlement.member_id)
    if act.reason not in REASONS_OF_WAIVER:
        raise ReasonMissing(action="let-run-out")
    return held


def let_run_out(state: CaseState, act: LetRunOut, cause: str, at: datetime) -> Outcome:
    """Note that nothing follows it: nobody is reminded of it any more."""
    held = check_let_run_out(state, act)
    rested = at_rest(held).model_copy(update={"let_go": act.reason})
    event = new_event(state, cause, act.actor, "let-run-out", at)
    event = event.model_copy(update={"entitlement_id": act.entitlement_id, "reason": act.reason})
    return record(state, change_held(state, rested), event)


def _end_by_law(state: CaseState, member_id: UUID, ending: EndedByLaw) -> CaseState:
    for held in state.entitlements:
        entitlement = held.entitlement
        if (entitlement.member_id, entitlement.kind) != (member_id, ending.kind):
            continue
        if not _goes_on_after(entitlement, ending):
            continue
        ended = entitlement.model_copy(update={"effective_until": ending.last_day})
        state = change_held(state, at_rest(held).model_copy(update={"entitlement": ended}))
    return state


def _goes_on_after(entitlement: Entitlement, ending: EndedByLaw) -> bool:
    """Tell whether it would be there on the day after; one that begins later is another matter."""
    last = entitlement.last_day
    return entitlement.starts_on <= ending.last_day and (last is None or last > ending.last_day)


def _with_days(held: Held, act: ChangeEntitlement) -> Held:
    days = {"printed_until": act.printed_until, "effective_until": act.effective_until}
    changed = held.entitlement.model_copy(update=days)
    is_same_end = changed.last_day == held.entitlement.last_day
    kept = held if is_same_end else at_rest(held)
    # Why nothing was to follow, and what was begun for it, was said of the other day.
    forgotten: dict[str, object] = {} if is_same_end else {"let_go": None, "path_id": None}
    return kept.model_copy(update={"entitlement": changed, **forgotten})


def _held(state: CaseState, entitlement_id: UUID) -> Held:
    for held in state.entitlements:
        if held.entitlement.id == entitlement_id:
            return held
    raise UnknownEntitlement(entitlement=str(entitlement_id))
