"""Who works on a case: its office, while it is open. And for whom: nobody who has left."""

from uuid import UUID

from workflows.domain.case_state import CaseState
from workflows.domain.errors import IllegalMove, MemberGone, NotInvolved
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import CaseStatus

WORKS_ON_CASES = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR})


def check_office(state: CaseState, actor: Principal, action: str) -> None:
    """Raise NotInvolved for others than the office's people, IllegalMove for a case not open."""
    if actor.agency_id != state.office or actor.role not in WORKS_ON_CASES:
        raise NotInvolved(action=action)
    if state.status is not CaseStatus.OPEN:
        raise IllegalMove(action=action, status=state.status)


def check_present(state: CaseState, member_id: UUID | None) -> None:
    """Raise MemberGone for somebody who has left the household. None: it is about all of it."""
    if member_id in state.gone:
        raise MemberGone(member=str(member_id))
