"""From a definition to a path: what a case's workflow starts with."""

from uuid import UUID

from workflows.domain.case_state import PathState, StepState
from workflows.domain.pathway import Pathway


def path_on(pathway: Pathway, path_id: UUID, member_id: UUID | None) -> PathState:
    """Return a path on this version: every step waits. ``member_id`` None: the whole household."""
    return PathState(
        path_id=path_id,
        pathway=pathway.key,
        version=pathway.version,
        member_id=member_id,
        steps=tuple(
            StepState(
                key=step.key,
                legal_area=step.legal_area,
                after=step.after,
                terms=step.terms,
                release=step.release,
            )
            for step in pathway.steps
        ),
    )
