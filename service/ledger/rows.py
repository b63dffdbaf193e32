"""From the engine's models to rows: what an event and a state look like in the tables."""

from typing import Any

from workflows.domain.case_state import CaseEvent, CaseState, PathState, StepState
from workflows.domain.clocks import RunningClock
from workflows.domain.entitlements import Held
from workflows.domain.referral_state import ReferralEvent, ReferralState
from workflows.messages import EventSource
from workflows.names import case_workflow_id, referral_workflow_id

Row = dict[str, Any]

_GAPS = {"gaps_opened", "gaps_raised", "gaps_closed"}
_DETAILS = {"source", "due_before", "undoes", *_GAPS}
_DETAILS_OF_CASE = {"path_id", "step", "subject", "day", "entitlement_id", "versions", *_GAPS}


def row_of_referral(state: ReferralState) -> Row:
    """Return the referral as the pages read it."""
    clock, application = state.clock, state.application
    return {
        "id": state.referral_id,
        "case_id": state.case_id,
        "path_id": state.path_id,
        "step": state.step,
        "from_agency_id": state.from_agency,
        "to_agency_id": state.to_agency,
        "on_board": state.on_board,
        "status": state.status,
        "business_status": state.business_status,
        "claimed_by": state.claimed_by,
        "opened_at": state.opened_at,
        "referred_at": state.referred_at,
        "closed_at": state.closed_at,
        **_clock_columns(clock),
        "seq": state.seq,
        "changed_seq": state.changed_seq,
        "predecessor_id": state.predecessor,
        "chain_id": state.chain_id,
        "basis_consent_id": state.basis.consent,
        "basis_statute": state.basis.statute,
        "fields": list(state.fields),
        "note_id": state.note_id,
        "application_benefit": application and application.benefit,
        "application_office_id": application and application.office,
        "application_filed_on": application and application.filed_at,
    }


def row_of_referral_event(event: ReferralEvent, state: ReferralState, source: EventSource) -> Row:
    """Return the event as the ledger keeps it."""
    details = event.model_dump(mode="json", include=_DETAILS)
    return _row_of_event(event, source) | {
        "workflow_id": referral_workflow_id(state.referral_id),
        "case_id": state.case_id,
        "referral_id": state.referral_id,
        "details": details,
    }


def row_of_case(state: CaseState) -> Row:
    """Return what the case's workflow decides about the case's row."""
    offer = state.offer
    return {
        "status": state.status,
        "office_id": state.office,
        "case_manager_id": state.case_manager,
        "offered_to_id": offer and offer.to_office,
        "offered_since": offer and offer.clock.since,
        "offer_due_at": offer and offer.clock.due_at,
        "offer_clock_seq": offer and offer.clock.seq,
        "offer_note_id": offer and offer.note_id,
        "closed_at": state.closed_at,
        "outcome": state.outcome,
        "seq": state.seq,
    }


def row_of_case_event(event: CaseEvent, state: CaseState, source: EventSource) -> Row:
    """Return the event as the ledger keeps it."""
    return _row_of_event(event, source) | {
        "workflow_id": case_workflow_id(state.case_id),
        "case_id": state.case_id,
        "referral_id": None,
        "details": event.model_dump(mode="json", include=_DETAILS_OF_CASE),
    }


def row_of_step_clock(state: ReferralState) -> Row:
    """Return the referral's clock as that of its step."""
    return {
        "of_path": state.path_id,
        "of_step": state.step,
        "of_referral": state.referral_id,
        **_clock_columns(state.clock),
        "clock_seq": None,
    }


def rows_of_steps(state: CaseState) -> list[Row]:
    """Return every step of the case as the pages read it."""
    return [row_of_step(state, path, step) for path in state.paths for step in path.steps]


def row_of_step(state: CaseState, path: PathState, step: StepState) -> Row:
    """Return a step as the pages read it, with the clock that is the office's."""
    return {
        "path_id": path.path_id,
        "key": step.key,
        "case_id": state.case_id,
        "position": path.steps.index(step),
        "legal_area": step.legal_area,
        "status": step.status,
        "responsible_id": step.responsible,
        **_clock_columns(step.clock),
        "referral_id": step.referral_id,
        "version": path.version_of(step),
    }


def rows_of_paths(state: CaseState) -> list[Row]:
    """Return every path of the case, in the order in which they were started."""
    return [
        {
            "id": path.path_id,
            "case_id": state.case_id,
            "position": position,
            "pathway": path.pathway,
            "version": path.version,
            "member_id": path.member_id,
        }
        for position, path in enumerate(state.paths)
    ]


def row_of_entitlement(state: CaseState, held: Held) -> Row:
    """Return an entitlement as the pages read it, with the clock before its end."""
    entitlement, clock = held.entitlement, held.clock
    return {
        "id": entitlement.id,
        "case_id": state.case_id,
        "member_id": entitlement.member_id,
        "kind": entitlement.kind,
        "area": entitlement.area,
        "starts_on": entitlement.starts_on,
        "printed_until": entitlement.printed_until,
        "effective_until": entitlement.effective_until,
        "until_decided": entitlement.until_decided,
        "last_day": entitlement.last_day,
        "path_id": held.path_id,
        "let_go": held.let_go,
        "clock_since": clock and clock.since,
        "clock_due_at": clock and clock.due_at,
        "clock_seq": clock and clock.seq,
    }


def _clock_columns(clock: RunningClock | None) -> Row:
    return {
        "clock_party": clock and clock.party,
        "clock_since": clock and clock.since,
        "clock_due_at": clock and clock.due_at,
        "clock_seq": clock and clock.seq,
    }


def _row_of_event(event: ReferralEvent | CaseEvent, source: EventSource) -> Row:
    return {
        "seq": event.seq,
        "cause": event.cause,
        "at": event.at,
        "actor_id": event.actor.user_id,
        "actor_role": event.actor.role,
        "actor_agency_id": event.actor.agency_id,
        "action": event.action,
        "status": event.status,
        "reason": event.reason,
        "note_id": event.note_id,
        "source": source,
    }
