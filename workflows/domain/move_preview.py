"""What a move to a newer version would change for a path, looked at before it is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workflows.domain.case_moving import MovePath, move_path
from workflows.domain.case_state import CaseState, PathState, StepState
from workflows.domain.case_steps import steps_to_wake
from workflows.domain.statuses import StepStatus


@dataclass(frozen=True)
class MovePreview:
    """Keys of the path's steps, in its order.

    ``comes``: new on the path; ``goes``: not on it any more; ``follows``: not begun, and from then
    on as the new version defines them; ``stays``: begun, and left as they are. Of all these,
    ``becomes_due`` are due at once, and ``waits_again`` come after something else now.
    """

    comes: tuple[str, ...]
    goes: tuple[str, ...]
    follows: tuple[str, ...]
    stays: tuple[str, ...]
    becomes_due: tuple[str, ...]
    waits_again: tuple[str, ...]


def preview_of(state: CaseState, move: MovePath, at: datetime) -> MovePreview:
    """Return what the move would change. Raises the rule that stands against it."""
    moved, _event = move_path(state, move, "preview", at)
    before, after = _path(state, move.path_id), _path(moved, move.path_id)
    here, there = _by_key(before), _by_key(after)
    due = {step.key for path_id, step in steps_to_wake(moved) if path_id == move.path_id}
    was_due = {key for key, step in here.items() if step.status is StepStatus.DUE}
    return MovePreview(
        comes=_keys(after, (key for key in there if key not in here)),
        goes=_keys(before, (key for key in here if key not in there)),
        follows=_keys(after, (key for key in there if key in here and not here[key].has_begun)),
        stays=_keys(after, (key for key in there if key in here and here[key].has_begun)),
        becomes_due=_keys(after, due - was_due),
        waits_again=_keys(
            after, (key for key in was_due & set(there) if there[key].status is StepStatus.WAITING)
        ),
    )


def _path(state: CaseState, path_id: UUID) -> PathState:
    return next(path for path in state.paths if path.path_id == path_id)


def _by_key(path: PathState) -> dict[str, StepState]:
    return {step.key: step for step in path.steps}


def _keys(path: PathState, wanted: Iterable[str]) -> tuple[str, ...]:
    chosen = set(wanted)
    return tuple(step.key for step in path.steps if step.key in chosen)
