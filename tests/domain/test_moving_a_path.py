"""Moving a path to a newer version: what has begun stays, everything else follows."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import ANNA, BEN, CLARA, KATJA, STEFAN
from tests.domain.households import PATH, SECOND_PATH, Household, on_version, path, station
from tests.domain.test_pathway_definitions import pathway, step
from workflows.domain.actions import Action
from workflows.domain.case_moving import DEFINED, MovePath, check_move
from workflows.domain.case_paths import new_path, path_on
from workflows.domain.case_state import PathState, StepState
from workflows.domain.errors import (
    IllegalMove,
    NotInvolved,
    StepNeverDue,
    StepUnderWay,
    UnknownPath,
    VersionNotNewer,
)
from workflows.domain.household import HouseholdFact
from workflows.domain.joins import After, PassedOver
from workflows.domain.move_preview import preview_of
from workflows.domain.pathway import Pathway
from workflows.domain.referral_state import Release
from workflows.domain.statuses import StepStatus
from workflows.domain.terms import Term, Terms

SHORT = Terms(refer=Term(working_days=1), respond=Term(working_days=2))
CHILD = HouseholdFact.HAS_CHILD_OF_SCHOOL_AGE
ONLY_FOR_CHILDREN = {"when": [CHILD]}
NOBODY = frozenset[HouseholdFact]()
IN_PROGRESS = (Action.ACCEPT, Action.ARRIVE)
EFFECTIVE = (*IN_PROGRESS, Action.COMPLETE)

HAPPENED = {
    "key",
    "status",
    "responsible",
    "clock",
    "gap",
    "referral_id",
    "referral_seq",
    "referred_at",
    "chain_id",
    "bounced",
    "unsettled",
    "settlement",
}
"""What of a step's state is no definition: a move leaves it as it is."""


def keys(household: Household) -> list[str]:
    return [one.key for one in household.state.paths[0].steps]


def test_each_field_of_a_step_is_either_defined_by_its_pathway_or_what_happened_to_it() -> None:
    assert set(StepState.model_fields) == HAPPENED | set(DEFINED)
    assert not HAPPENED & set(DEFINED)


def test_a_waiting_step_follows_the_new_version() -> None:
    household = Household(path(station("first"), station("second", "first")))
    newer = station("second", release=Release.EFFECT, terms=SHORT, optional=True)
    newer = newer.model_copy(update={"legal_area": "schooling"})
    household.move(on_version(2, station("first"), newer))
    moved = household.step("second")
    assert moved.status is StepStatus.DUE
    assert (moved.legal_area, moved.terms, moved.release) == ("schooling", SHORT, Release.EFFECT)
    assert (moved.optional, moved.version) == (True, 2)
    assert household.state.paths[0].version == 2


def test_a_due_step_takes_new_terms_and_keeps_its_running_clock() -> None:
    household = Household(path(station("first")))
    before = household.step("first")
    household.let_time_pass(household.now + timedelta(days=1))
    household.move(on_version(2, station("first", terms=SHORT)))
    after = household.step("first")
    assert before.clock is not None
    assert (after.clock, after.responsible) == (before.clock, before.responsible)
    assert after.terms == SHORT
    assert household.refer("first").terms == SHORT


@pytest.mark.parametrize("actions", [(), (Action.ACCEPT,), IN_PROGRESS, EFFECTIVE])
def test_a_step_that_was_sent_on_stays_as_it_began(actions: tuple[Action, ...]) -> None:
    household = Household(path(station("first"), station("second", "first")))
    household.refer("first")
    household.act("first", *actions)
    before, referral = household.step("first"), household.referral("first")
    household.move(on_version(2, station("first", terms=SHORT, release=Release.EFFECT)))
    assert household.step("first") == before.model_copy(update={"version": 1})
    assert household.referral("first") == referral
    assert keys(household) == ["first"]


@pytest.mark.parametrize("refusal", [(Action.REJECT,), (Action.CANCEL,)])
def test_a_step_that_came_back_stays_on_the_version_that_it_was_sent_on(
    refusal: tuple[Action, ...],
) -> None:
    household = Household(path(station("first")))
    household.refer("first")
    household.act("first", *refusal)
    before = household.step("first")
    household.move(on_version(2, station("first", terms=SHORT)))
    assert household.step("first") == before.model_copy(update={"version": 1})
    assert household.refer("first").terms == Terms()


def test_what_was_left_out_stays_left_out() -> None:
    household = Household(path(station("first"), station("second", "first")))
    household.waive("first")
    household.move(on_version(2, station("first", terms=SHORT), station("second", "first")))
    assert household.step("first").status is StepStatus.WAIVED
    assert household.step("first").version == 1
    assert household.step("second").status is StepStatus.DUE


def test_a_step_that_the_version_adds_waits_or_is_due_by_the_usual_rule() -> None:
    household = Household(path(station("first")))
    household.refer("first")
    household.act("first", *EFFECTIVE)
    household.move(
        on_version(
            2, station("first"), station("next", "first"), station("last", "next"), station("other")
        )
    )
    assert household.step("next").status is StepStatus.DUE
    assert household.step("next").clock is not None
    assert household.step("last").status is StepStatus.WAITING
    assert household.step("other").status is StepStatus.DUE


def test_a_step_that_the_version_no_longer_has_goes_with_its_gap() -> None:
    household = Household(path(station("first"), station("second")))
    household.let_time_pass(household.now + timedelta(days=20))
    gap = household.step("second").gap
    assert gap is not None
    household.move(on_version(2, station("first")))
    assert keys(household) == ["first"]
    assert household.events[-1].gaps_closed == (gap,)
    assert household.step("first").gap is not None


@pytest.mark.parametrize("actions", [(), IN_PROGRESS, (Action.REJECT,), (Action.CANCEL,)])
def test_nothing_that_is_under_way_may_vanish(actions: tuple[Action, ...]) -> None:
    household = Household(path(station("first"), station("second")))
    household.refer("second")
    household.act("second", *actions)
    before = household.state
    with pytest.raises(StepUnderWay) as refused:
        household.move(on_version(2, station("first")))
    assert refused.value.params == {"step": "second"}
    assert household.state == before


def test_what_is_finished_stays_where_it_stood_though_the_version_is_without_it() -> None:
    household = Household(path(station("first"), station("gone"), station("second", "gone")))
    household.refer("gone")
    household.act("gone", *EFFECTIVE)
    household.move(on_version(2, station("new"), station("first"), station("second")))
    assert keys(household) == ["new", "first", "gone", "second"]
    assert household.step("gone").status is StepStatus.DONE
    household.act("gone", Action.DISPUTE)
    assert household.step("gone").status is StepStatus.IN_PROGRESS


def test_what_is_finished_and_stood_first_stays_first() -> None:
    household = Household(path(station("gone"), station("first")))
    household.waive("gone")
    household.move(on_version(2, station("first"), station("new")))
    assert keys(household) == ["gone", "first", "new"]


def test_a_due_step_waits_again_if_another_comes_before_it_now() -> None:
    household = Household(path(station("first"), station("second")))
    household.let_time_pass(household.now + timedelta(days=20))
    household.move(on_version(2, station("first"), station("second", "first")))
    asleep = household.step("second")
    assert asleep.status is StepStatus.WAITING
    assert (asleep.clock, asleep.responsible, asleep.gap) == (None, None, None)
    household.waive("first")
    assert household.step("second").status is StepStatus.DUE


def test_the_other_paths_of_the_case_are_left_alone() -> None:
    second = path(station("first"), station("second", "first"), path_id=SECOND_PATH)
    household = Household(path(station("first")), second)
    before = household.state.paths[1]
    household.move(on_version(2, station("first"), station("more")))
    assert household.state.paths[1] == before


def test_the_event_names_the_path_and_both_versions() -> None:
    household = Household(path(station("first")))
    household.move(on_version(3, station("first")), STEFAN)
    event = household.events[-1]
    assert (event.action, event.path_id, event.versions) == ("move-path", PATH, (1, 3))
    assert (event.actor, event.at, event.seq) == (STEFAN, household.now, household.state.seq)


@pytest.mark.parametrize("actor", [BEN, CLARA, KATJA])
def test_only_the_cases_office_moves(actor: Any) -> None:
    household = Household(path(station("first")))
    with pytest.raises(NotInvolved, match="move-path"):
        household.move(on_version(2, station("first")), actor)


def test_a_closed_case_is_not_moved() -> None:
    household = Household(path(station("first")))
    household.close()
    with pytest.raises(IllegalMove):
        household.move(on_version(2, station("first")))


@pytest.mark.parametrize("version", [1, 2])
def test_a_path_moves_to_newer_versions_only(version: int) -> None:
    household = Household(on_version(2, station("first")))
    with pytest.raises(VersionNotNewer) as refused:
        household.move(on_version(version, station("first")))
    assert refused.value.params == {"version": "2"}


def test_a_path_stays_on_its_own_pathway() -> None:
    household = Household(path(station("first")))
    another = on_version(2, station("first")).model_copy(update={"pathway": "moving"})
    with pytest.raises(VersionNotNewer):
        household.move(another)


def test_a_path_that_the_case_has_not_is_not_moved() -> None:
    household = Household(path(station("first")))
    wish = MovePath(
        actor=ANNA, path_id=SECOND_PATH, to=on_version(2, station("a-step"), path_id=SECOND_PATH)
    )
    with pytest.raises(UnknownPath):
        check_move(household.state, wish)


def test_a_step_on_which_one_version_waits_for_ever_is_not_moved_to() -> None:
    household = Household(path(station("first")))
    to = on_version(2, station("first", "second"), station("second", "first"))
    with pytest.raises(StepNeverDue) as refused:
        household.move(to)
    assert refused.value.params == {"step": "first"}


def test_the_same_circle_is_none_where_one_of_its_steps_has_begun() -> None:
    household = Household(path(station("first")))
    household.refer("first")
    household.move(on_version(2, station("first", "second"), station("second", "first")))
    assert household.step("second").status is StepStatus.WAITING


def test_states_of_before_know_the_version_of_their_steps() -> None:
    written = path(station("first"), station("second")).model_dump(mode="json")
    for one in written["steps"]:
        del one["version"]
    read = PathState.model_validate(written)
    assert [read.version_of(one) for one in read.steps] == [1, 1]
    household = Household(read)
    household.refer("first")
    household.move(on_version(2, station("first"), station("second")))
    moved = household.state.paths[0]
    assert [moved.version_of(one) for one in moved.steps] == [1, 2]


def test_a_path_that_is_moved_twice_keeps_each_step_on_the_version_that_it_began_on() -> None:
    household = Household(path(station("first"), station("second"), station("third")))
    household.refer("first")
    household.move(on_version(2, station("first"), station("second"), station("third")))
    household.refer("second")
    household.move(on_version(3, station("first"), station("second"), station("third")))
    assert [household.step(key).version for key in ("first", "second", "third")] == [1, 2, 3]


def moved_plan(
    household: Household, earlier: Pathway, later: Pathway, facts: frozenset[HouseholdFact]
) -> PathState:
    later = later.model_copy(update={"version": 2})
    return path_on(household.state.paths[0], earlier, later, facts)


def test_a_condition_that_both_versions_share_was_decided_at_the_start() -> None:
    both = pathway(step("register"), step("school", **ONLY_FOR_CHILDREN))
    with_child = Household(new_path(PATH, both, None, frozenset({CHILD})))
    grown_up = moved_plan(with_child, both, both, NOBODY)
    assert [one.key for one in grown_up.steps] == ["register", "school"]
    without = Household(new_path(PATH, both, None, NOBODY))
    plan = moved_plan(without, both, both, frozenset({CHILD}))
    assert plan.passed_over == (PassedOver(key="school", after=After()),)


def test_a_condition_that_is_new_or_different_asks_for_the_facts_of_today() -> None:
    earlier = pathway(step("register"), step("school"))
    later = pathway(
        step("register"), step("school", **ONLY_FOR_CHILDREN), step("bus", **ONLY_FOR_CHILDREN)
    )
    household = Household(new_path(PATH, earlier, None, NOBODY))
    assert [one.key for one in moved_plan(household, earlier, later, NOBODY).steps] == ["register"]
    with_child = moved_plan(household, earlier, later, frozenset({CHILD}))
    assert [one.key for one in with_child.steps] == ["register", "school", "bus"]


def test_what_has_begun_is_part_of_the_path_whatever_its_condition_says_now() -> None:
    earlier = pathway(step("register"), step("school"))
    later = pathway(step("register"), step("school", **ONLY_FOR_CHILDREN))
    household = Household(new_path(PATH, earlier, None, NOBODY))
    plan = moved_plan(household, earlier, later, NOBODY)
    household.refer("school")
    assert [one.key for one in moved_plan(household, earlier, later, NOBODY).steps] == [
        "register",
        "school",
    ]
    # It was sent on after somebody had looked at the facts.
    household.move(plan)
    assert keys(household) == ["register", "school"]
    assert household.state.paths[0].passed_over == ()


def test_a_preview_says_what_the_move_then_does() -> None:
    household = Household(
        path(station("begun"), station("due"), station("goes"), station("waits", "begun"))
    )
    household.refer("begun")
    before = household.state
    to = on_version(
        2,
        station("comes"),
        station("begun", terms=SHORT),
        station("due", "comes"),
        station("waits"),
        station("later", "due"),
    )
    found = preview_of(before, MovePath(actor=ANNA, path_id=PATH, to=to), household.now)
    assert found.comes == ("comes", "later")
    assert found.goes == ("goes",)
    assert found.follows == ("due", "waits")
    assert found.stays == ("begun",)
    assert found.becomes_due == ("comes", "waits")
    assert found.waits_again == ("due",)
    assert household.state == before
    household.move(to)
    assert set(found.comes) == set(keys(household)) - {one.key for one in before.paths[0].steps}
    assert {key for key in keys(household) if household.step(key).status is StepStatus.DUE} == set(
        found.becomes_due
    )


def test_a_preview_of_what_cannot_be_moved_says_why() -> None:
    household = Household(path(station("first"), station("second")))
    household.refer("second")
    wish = MovePath(actor=ANNA, path_id=PATH, to=on_version(2, station("first")))
    with pytest.raises(StepUnderWay):
        preview_of(household.state, wish, household.now)
