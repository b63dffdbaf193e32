"""Starting another path in a case that is open already."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_rights import check_office, check_present
from workflows.domain.case_state import CaseState, PathState
from workflows.domain.errors import PathRunsAlready, PathsFull, UnknownEntitlement
from workflows.domain.principal import Principal
from workflows.domain.running_out import at_rest, change_held, is_under_way, look_through

MOST_PATHS = 40
"""So many paths one case can have: its state has to stay small."""


class StartPath(BaseModel):
    """Start another path. ``entitlement_id``: it leads to what follows that one."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    path: PathState
    entitlement_id: UUID | None = None


def check_start_path(state: CaseState, start: StartPath) -> None:
    """Raise the rule that stands against another path: the same one runs, or there are many.

    Nor does one begin for somebody who has left, or for what follows an entitlement of theirs.
    """
    check_office(state, start.actor, "start-path")
    check_present(state, start.path.member_id)
    if len(state.paths) >= MOST_PATHS:
        raise PathsFull(most=str(MOST_PATHS))
    if any(_is_same(path, start.path) and is_under_way(path) for path in state.paths):
        raise PathRunsAlready(pathway=start.path.pathway)
    if start.entitlement_id is not None:
        known = {held.entitlement.id: held.entitlement for held in state.entitlements}
        if start.entitlement_id not in known:
            raise UnknownEntitlement(entitlement=str(start.entitlement_id))
        check_present(state, known[start.entitlement_id].member_id)


def start_path(state: CaseState, start: StartPath, cause: str, at: datetime) -> Outcome:
    """Add the path to the case; its first steps then become due.

    Where it leads to what follows an entitlement that runs out, that one's gap closes.
    """
    check_start_path(state, start)
    event = new_event(state, cause, start.actor, "start-path", at)
    event = event.model_copy(update={"path_id": start.path.path_id})
    started = state.model_copy(update={"paths": (*state.paths, start.path)})
    for held in state.entitlements:
        if held.entitlement.id == start.entitlement_id:
            taken = at_rest(held).model_copy(update={"path_id": start.path.path_id})
            started = change_held(started, taken)
    return record(state, look_through(started, at), event)


def _is_same(path: PathState, other: PathState) -> bool:
    return (path.pathway, path.member_id) == (other.pathway, other.member_id)
