"""A path at its start, and on another version: the steps that are for this household."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from workflows.domain.case_state import PathState, StepState
from workflows.domain.household import HouseholdFact
from workflows.domain.joins import PassedOver
from workflows.domain.pathway import Pathway, StepDefinition


def new_path(
    path_id: UUID,
    pathway: Pathway,
    member_id: UUID | None,
    facts: AbstractSet[HouseholdFact],
    begun: AbstractSet[str] = frozenset(),
) -> PathState:
    """Return a new path on this version of a pathway: no step has begun here.

    The facts are those of the whole household, also where the path is for one member. They are
    asked for once: a birthday later on changes nothing. ``begun``: keys of steps that were under
    way elsewhere already, and so are part of the path.
    """
    present = {step.key for step in pathway.steps if step.is_for(facts)} | begun
    return _path_of(path_id, pathway, member_id, present)


def path_on(
    path: PathState, earlier: Pathway, later: Pathway, facts: AbstractSet[HouseholdFact]
) -> PathState:
    """Return the path as it would begin on a later version; ``earlier`` is the one that it is on.

    A condition that both versions share was decided when the path started, and stays so. One that
    the later version adds or changes asks for the facts of today. What has begun is part of it.
    """
    conditions = {step.key: set(step.when) for step in earlier.steps}
    here = {step.key for step in path.steps}
    begun = {step.key for step in path.steps if step.has_begun}
    present = {
        step.key
        for step in later.steps
        if (step.key in here if conditions.get(step.key) == set(step.when) else step.is_for(facts))
    }
    return _path_of(path.path_id, later, path.member_id, present | begun)


def _path_of(
    path_id: UUID, pathway: Pathway, member_id: UUID | None, present: AbstractSet[str]
) -> PathState:
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
                optional=step.optional,
                version=pathway.version,
            )
            for step in pathway.steps
            if step.key in present
        ),
        passed_over=tuple(
            PassedOver(key=step.key, after=step.after)
            for step in pathway.steps
            if step.key not in present
        ),
    )


def first_steps(pathway: Pathway, facts: AbstractSet[HouseholdFact]) -> list[StepDefinition]:
    """Return the steps that begin at once on a path of a household with these facts."""
    present = [step for step in pathway.steps if step.is_for(facts)]
    passed_over = [
        PassedOver(key=step.key, after=step.after)
        for step in pathway.steps
        if not step.is_for(facts)
    ]
    return [step for step in present if step.after.met_by((), passed_over)]
