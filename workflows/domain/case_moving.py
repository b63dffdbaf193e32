"""Moving a path to a newer version of its pathway; what has begun stays as it began."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.case_record import Outcome, new_event, record
from workflows.domain.case_rights import check_office, check_present
from workflows.domain.case_state import CaseState, PathState, StepState
from workflows.domain.case_steps import FINISHED, put_back_to_sleep
from workflows.domain.errors import StepNeverDue, StepUnderWay, UnknownPath, VersionNotNewer
from workflows.domain.joins import After, steps_in_a_circle
from workflows.domain.principal import Principal

MOVE_PATH = "move-path"

DEFINED = ("legal_area", "after", "terms", "release", "optional", "version")
"""What a pathway says of a step; the rest of its state is what happened to it."""


class MovePath(BaseModel):
    """Let a path run on a newer version of its pathway.

    ``to`` is the path as it would begin on that version for this household: see ``path_on``.
    """

    model_config = ConfigDict(frozen=True)

    actor: Principal
    path_id: UUID
    to: PathState


def move_path(state: CaseState, move: MovePath, cause: str, at: datetime) -> Outcome:
    """Move the path: what has not begun follows the new version, nothing else changes.

    A step that is due keeps its clock, unless a step comes before it now: then it waits again. A
    step that the version adds waits; whether its turn has come is seen afterwards, as always.
    """
    before, after = check_move(state, move)
    event = new_event(state, cause, move.actor, MOVE_PATH, at).model_copy(
        update={"path_id": move.path_id, "versions": (before.version, after.version)}
    )
    paths = tuple(after if path.path_id == move.path_id else path for path in state.paths)
    return record(state, put_back_to_sleep(state.model_copy(update={"paths": paths})), event)


def check_move(state: CaseState, move: MovePath) -> tuple[PathState, PathState]:
    """Return the path before and after the move, or raise the rule that stands against it."""
    check_office(state, move.actor, MOVE_PATH)
    path = next((path for path in state.paths if path.path_id == move.path_id), None)
    if path is None:
        raise UnknownPath
    check_present(state, path.member_id)
    if move.to.pathway != path.pathway or move.to.version <= path.version:
        raise VersionNotNewer(version=str(path.version))
    moved = _moved(path, move.to)
    _check_ends(moved)
    return path, moved


def _moved(path: PathState, to: PathState) -> PathState:
    """Return the path with its own steps where they have begun, otherwise with those of ``to``."""
    here = {step.key: step for step in path.steps}
    begun = {step.key: _as_it_began(path, step) for step in path.steps if step.has_begun}
    known = {step.key for step in to.steps} | {one.key for one in to.passed_over}
    for key, step in begun.items():
        if key not in known and step.status not in FINISHED:
            raise StepUnderWay(step=key)
    steps = [begun.get(step.key) or _defined_anew(here.get(step.key), step) for step in to.steps]
    present = {step.key for step in steps}
    others = [step for key, step in begun.items() if key not in present]
    return path.model_copy(
        update={
            "version": to.version,
            "steps": _put_in(steps, others, path.steps),
            "passed_over": tuple(one for one in to.passed_over if one.key not in begun),
        }
    )


def _as_it_began(path: PathState, step: StepState) -> StepState:
    return step.model_copy(update={"version": path.version_of(step)})


def _defined_anew(step: StepState | None, definition: StepState) -> StepState:
    """Return a step that nothing has begun on, as the new version defines it."""
    if step is None:
        return definition
    return step.model_copy(update={name: getattr(definition, name) for name in DEFINED})


def _put_in(
    steps: list[StepState], others: Iterable[StepState], order: tuple[StepState, ...]
) -> tuple[StepState, ...]:
    """Put steps that only the earlier version had right after those that they stood after."""
    merged, keys = list(steps), [step.key for step in order]
    for other in others:
        before = keys[: keys.index(other.key)]
        places = [place for place, step in enumerate(merged) if step.key in before]
        merged.insert(max(places, default=-1) + 1, other)
    return tuple(merged)


def _check_ends(path: PathState) -> None:
    """Refuse a path on which a step waits for ever.

    No version has such steps, but here conditions of several days come together.
    """
    joins = {step.key: After() if step.has_begun else step.after for step in path.steps}
    if waiting := steps_in_a_circle(joins, path.passed_over):
        raise StepNeverDue(step=waiting[0])
