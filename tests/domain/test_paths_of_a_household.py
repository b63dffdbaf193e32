"""A path has the steps that are for the household; its joins pass over the others."""

from typing import Any
from uuid import UUID

import pytest

from tests.domain.households import PATH, Household
from tests.domain.test_pathway_definitions import pathway, step
from workflows.domain.case_paths import new_path, path_on
from workflows.domain.case_state import CaseState
from workflows.domain.household import HouseholdFact
from workflows.domain.joins import After, PassedOver
from workflows.domain.statuses import StepStatus

CHILD = HouseholdFact.HAS_CHILD_OF_SCHOOL_AGE
ONLY_FOR_CHILDREN = {"when": [CHILD]}
NOBODY = frozenset[HouseholdFact]()


def on(*steps: dict[str, Any], facts: frozenset[HouseholdFact] = NOBODY) -> Household:
    """Open a case of a household for which these facts hold."""
    return Household(new_path(PATH, pathway(*steps), None, facts))


def test_a_step_whose_condition_does_not_hold_is_no_part_of_the_path() -> None:
    steps = (step("register"), step("school", **ONLY_FOR_CHILDREN))
    assert [one.key for one in on(*steps).state.paths[0].steps] == ["register"]
    with_child = on(*steps, facts=frozenset({CHILD}))
    assert [one.key for one in with_child.state.paths[0].steps] == ["register", "school"]
    assert with_child.step("school").status is StepStatus.DUE


def test_a_path_is_for_its_member_and_its_steps_are_as_optional_as_defined() -> None:
    member = UUID("01920000-0000-7000-b000-00000000000f")
    definition = pathway(step("register", optional=True), step("school"))
    path = new_path(PATH, definition, member, NOBODY)
    assert (path.member_id, path.version) == (member, definition.version)
    assert [one.optional for one in path.steps] == [True, False]
    later = definition.model_copy(update={"version": definition.version + 1})
    assert path_on(path, definition, later, NOBODY).member_id == member


def test_all_of_several_conditions_have_to_hold() -> None:
    both = step("course", when=[CHILD, HouseholdFact.HAS_ADULT])
    steps = (step("register"), both)
    assert len(on(*steps, facts=frozenset({CHILD})).state.paths[0].steps) == 1
    assert len(on(*steps, facts=frozenset(HouseholdFact)).state.paths[0].steps) == 2


def test_what_comes_after_such_a_step_waits_for_what_that_would_have_waited_for() -> None:
    household = on(
        step("register"),
        step("school", ["register"], **ONLY_FOR_CHILDREN),
        step("bus", ["school"], **ONLY_FOR_CHILDREN),
        step("doctor", ["bus"]),
    )
    assert household.step("doctor").status is StepStatus.WAITING
    household.waive("register")
    assert household.step("doctor").status is StepStatus.DUE


def test_what_comes_after_any_of_several_waits_for_those_that_are_there() -> None:
    household = on(
        step("register"),
        step("school", **ONLY_FOR_CHILDREN),
        step("doctor", {"any": ["school", "register"]}),
    )
    assert household.step("doctor").status is StepStatus.WAITING
    household.waive("register")
    assert household.step("doctor").status is StepStatus.DUE


def test_where_none_of_several_is_there_one_that_could_have_begun_suffices() -> None:
    household = on(
        step("register"),
        step("course"),
        step("school", ["register"], **ONLY_FOR_CHILDREN),
        step("bus", ["course"], **ONLY_FOR_CHILDREN),
        step("doctor", {"any": ["school", "bus"]}),
    )
    assert household.step("doctor").status is StepStatus.WAITING
    household.waive("course")
    assert household.step("doctor").status is StepStatus.DUE


def test_only_keys_and_joins_of_what_is_passed_over_enter_the_case() -> None:
    state = on(step("register"), step("school", ["register"], **ONLY_FOR_CHILDREN)).state
    [path] = state.paths
    assert path.passed_over == (PassedOver(key="school", after=After(steps=("register",))),)
    assert CHILD not in state.model_dump_json()
    assert CaseState.model_validate_json(state.model_dump_json()) == state


def test_a_case_from_before_there_were_conditions_is_read() -> None:
    old = on(step("register")).state.model_dump(mode="json")
    for path in old["paths"]:
        del path["passed_over"]
        for one in path["steps"]:
            del one["optional"]
    assert CaseState.model_validate(old) == on(step("register")).state


def test_what_was_under_way_elsewhere_is_part_of_the_path_in_any_household() -> None:
    definition = pathway(step("register"), step("school", **ONLY_FOR_CHILDREN))
    begun = new_path(PATH, definition, None, NOBODY, begun=frozenset({"school"}))
    assert [one.key for one in begun.steps] == ["register", "school"]


@pytest.mark.parametrize("facts", [NOBODY, frozenset({CHILD})])
def test_a_pathway_whose_steps_all_have_conditions_is_refused(
    facts: frozenset[HouseholdFact],
) -> None:
    with pytest.raises(ValueError, match="only-conditions"):
        on(step("school", **ONLY_FOR_CHILDREN), facts=facts)


def test_a_pathway_that_could_not_end_in_some_households_is_refused() -> None:
    with pytest.raises(ValueError, match="circle-where-passed-over: bus, doctor; school"):
        on(
            step("register"),
            step("school", **ONLY_FOR_CHILDREN),
            step("bus", {"any": ["school", "doctor"]}),
            step("doctor", ["bus"]),
        )
