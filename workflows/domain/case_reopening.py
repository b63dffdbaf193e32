"""Opening a closed case again: it goes on where it stood, with its history."""

from datetime import datetime

from workflows.domain.case_acts import Reopen
from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_state import CaseState
from workflows.domain.errors import IllegalMove, NotInvolved
from workflows.domain.principal import Role
from workflows.domain.statuses import CaseStatus


def check_reopen(state: CaseState, reopen: Reopen) -> None:
    """Raise the rule that stands against it: only its office opens a case again."""
    of_the_office = reopen.actor.agency_id == state.office
    if not (of_the_office and reopen.actor.role in {Role.CASE_MANAGER, Role.SUPERVISOR}):
        raise NotInvolved(action="reopen")
    if state.status is not CaseStatus.CLOSED:
        raise IllegalMove(action="reopen", status=state.status)


def reopen_case(state: CaseState, reopen: Reopen, cause: str, at: datetime) -> Outcome:
    """Open the case again; what was neither done nor left out then becomes due anew."""
    check_reopen(state, reopen)
    opened = state.model_copy(
        update={"status": CaseStatus.OPEN, "outcome": None, "closed_at": None}
    )
    event = new_event(opened, cause, reopen.actor, "reopen", at)
    event = event.model_copy(update={"note_id": reopen.note_id})
    return record(state, opened, event)
