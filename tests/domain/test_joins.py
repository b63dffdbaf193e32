"""A step begins when all, or any, of those before it are done or left out."""

import pytest

from tests.domain.households import PATH, SECOND_PATH, Household, path, station
from workflows.domain.actions import Action
from workflows.domain.joins import After
from workflows.domain.statuses import StepStatus

DONE = (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)


def test_all_waits_for_the_last() -> None:
    household = Household(
        path(station("register"), station("school"), station("doctor", "register", "school"))
    )
    household.waive("register")
    assert household.step("doctor").status is StepStatus.WAITING
    household.waive("school")
    assert household.step("doctor").status is StepStatus.DUE


def test_any_waits_for_the_first() -> None:
    household = Household(
        path(
            station("register"),
            station("school"),
            station("doctor", "register", "school", join="any"),
        )
    )
    assert household.step("doctor").status is StepStatus.WAITING
    household.waive("school")
    assert household.step("doctor").status is StepStatus.DUE
    clock = household.step("doctor").clock
    household.waive("register")
    assert household.step("doctor").clock == clock


@pytest.mark.parametrize("way", [(), DONE[:1], DONE[:2]])
def test_neither_a_referral_nor_arrival_lets_the_next_step_begin(way: tuple[Action, ...]) -> None:
    household = Household(path(station("register"), station("school", "register")))
    household.refer("register")
    household.act("register", *way)
    assert household.step("school").status is StepStatus.WAITING


def test_an_effect_lets_the_next_step_begin() -> None:
    household = Household(path(station("register"), station("school", "register")))
    household.refer("register")
    household.act("register", *DONE)
    assert household.step("school").status is StepStatus.DUE


def test_an_effect_that_is_disputed_lets_the_next_step_wait_again() -> None:
    household = Household(
        path(
            station("register"),
            station("school", "register"),
            station("doctor", "register"),
            station("language-course"),
        )
    )
    household.refer("register")
    household.act("register", *DONE)
    household.refer("doctor")
    course = household.step("language-course")
    household.act("register", Action.DISPUTE)
    school = household.step("school")
    assert (school.status, school.responsible, school.clock) == (StepStatus.WAITING, None, None)
    assert household.step("doctor").status is StepStatus.REFERRED, "what was sent on goes on"
    assert household.step("language-course") == course
    household.act("register", Action.COMPLETE)
    assert household.step("school").status is StepStatus.DUE


def test_a_step_of_the_same_name_on_another_path_does_not_count() -> None:
    household = Household(
        path(station("register"), station("school", "register")),
        path(station("register"), station("school", "register"), path_id=SECOND_PATH),
    )
    household.waive("register", path_id=SECOND_PATH)
    assert household.step("school", SECOND_PATH).status is StepStatus.DUE
    assert household.step("school", PATH).status is StepStatus.WAITING
    assert household.step("register", PATH).status is StepStatus.DUE


@pytest.mark.parametrize(
    ("written", "finished", "met"),
    [
        ([], set(), True),
        (["register", "school"], {"register"}, False),
        (["register", "school"], {"register", "school"}, True),
        ({"all": ["register", "school"]}, {"school"}, False),
        ({"all": ["register", "school"]}, {"register", "school", "doctor"}, True),
        ({"any": ["register", "school"]}, {"doctor"}, False),
        ({"any": ["register", "school"]}, {"school"}, True),
        ({"any": []}, set(), True),
    ],
)
def test_a_join_as_a_pathway_writes_it(written: object, finished: set[str], met: bool) -> None:
    join = After.model_validate(written)
    assert join.met_by(finished) is met
    assert After.model_validate_json(join.model_dump_json()) == join
