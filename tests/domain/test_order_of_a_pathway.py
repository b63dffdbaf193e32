"""What is wrong with the order of a pathway is named at its place: which step, which field."""

from workflows.domain.household import HouseholdFact
from workflows.domain.joins import After
from workflows.domain.order import OrderFault, PlacedStep, faults_of_order

CHILD = frozenset({HouseholdFact.HAS_CHILD_OF_SCHOOL_AGE})


def placed(key: str, *after: str, when: frozenset[HouseholdFact] = frozenset()) -> PlacedStep:
    return PlacedStep(key, After(steps=after), when)


def faults(*steps: PlacedStep) -> list[OrderFault]:
    return list(faults_of_order(steps))


def test_a_key_that_is_there_twice_is_named_where_it_comes_again() -> None:
    [fault] = faults(placed("school"), placed("advice"), placed("school"))
    assert (fault.step, fault.field) == (2, ("key",))
    assert str(fault) == "key-twice: school"


def test_a_step_that_there_is_not_is_named_where_it_is_asked_for_with_the_nearest_name() -> None:
    found = faults(
        placed("school"), placed("schools"), placed("advice", "school", "schol", "dentist")
    )
    assert [(fault.step, fault.field) for fault in found] == [
        (2, ("after", "steps", 1)),
        (2, ("after", "steps", 2)),
    ]
    assert str(found[0]) == "step-much-like-another: schol; school"
    assert str(found[1]) == "step-unknown: dentist; school, schools, advice"


def test_steps_that_all_have_a_condition_are_named_at_the_first() -> None:
    [fault] = faults(placed("school", when=CHILD), placed("advice", when=CHILD))
    assert (fault.step, fault.field) == (0, ("when",))
    assert (fault.code, fault.params) == ("only-conditions", {})
    assert faults(placed("school", when=CHILD), placed("advice")) == []
    assert faults() == []


def test_a_circle_is_named_at_its_first_step() -> None:
    [fault] = faults(placed("advice"), placed("school", "health"), placed("health", "school"))
    assert fault.field == ("after",)
    assert fault.step in {1, 2}
