"""Another path in a case that is open already."""

import pytest

from tests.cast import ANNA, CLARA, OFFICE_A, OUTSIDERS, STEFAN
from tests.domain.households import PATH, SECOND_PATH, Household, new_id, path, station
from workflows.domain.case_state import PathState
from workflows.domain.errors import (
    IllegalMove,
    NotInvolved,
    PathRunsAlready,
    PathsFull,
    UnknownEntitlement,
)
from workflows.domain.path_starting import MOST_PATHS, StartPath, check_start_path
from workflows.domain.principal import Principal
from workflows.domain.statuses import StepStatus


def _second(**changes: object) -> PathState:
    second = path(station("work"), station("flat", "work"), path_id=SECOND_PATH)
    return second.model_copy(update={"pathway": "another"} | changes)


def _start(**changes: object) -> StartPath:
    return StartPath(actor=ANNA, path=_second()).model_copy(update=changes)


@pytest.fixture
def household() -> Household:
    """Open a case with one path."""
    return Household(path(station("register")))


@pytest.mark.parametrize("actor", [ANNA, STEFAN])
def test_its_first_steps_are_due_and_the_office_is_responsible(
    household: Household, actor: Principal
) -> None:
    household.start_path(_start(actor=actor))

    first, then = household.step("work", SECOND_PATH), household.step("flat", SECOND_PATH)
    assert (first.status, first.responsible) == (StepStatus.DUE, OFFICE_A)
    assert first.clock is not None
    assert (then.status, then.clock) == (StepStatus.WAITING, None)
    event = household.events[-1]
    assert (event.action, event.path_id, event.step) == ("start-path", SECOND_PATH, None)
    assert [one.path_id for one in household.state.paths] == [PATH, SECOND_PATH]
    assert household.step("register").status is StepStatus.DUE


def test_the_same_path_does_not_run_twice_for_the_same_member(household: Household) -> None:
    household.start_path(_start())
    again = _start(path=_second(path_id=new_id()))
    with pytest.raises(PathRunsAlready) as refused:
        check_start_path(household.state, again)
    assert refused.value.params == {"pathway": "another"}

    check_start_path(household.state, _start(path=_second(path_id=new_id(), member_id=new_id())))
    household.waive("work", path_id=SECOND_PATH)
    with pytest.raises(PathRunsAlready):
        check_start_path(household.state, again)
    household.waive("flat", path_id=SECOND_PATH)
    check_start_path(household.state, again)


@pytest.mark.parametrize("actor", [CLARA, *OUTSIDERS])
def test_only_the_office_starts_one(household: Household, actor: Principal) -> None:
    with pytest.raises(NotInvolved) as refused:
        check_start_path(household.state, _start(actor=actor))
    assert refused.value.params == {"action": "start-path"}


def test_a_closed_case_gets_no_path(household: Household) -> None:
    household.waive("register")
    household.close()
    with pytest.raises(IllegalMove) as refused:
        check_start_path(household.state, _start())
    assert refused.value.params == {"action": "start-path", "status": "closed"}


def test_a_path_leads_on_from_an_entitlement_that_the_case_keeps(household: Household) -> None:
    unknown = new_id()
    with pytest.raises(UnknownEntitlement) as refused:
        check_start_path(household.state, _start(entitlement_id=unknown))
    assert refused.value.params == {"entitlement": str(unknown)}


def test_a_case_has_only_so_many_paths(household: Household) -> None:
    [first] = household.state.paths
    full = household.state.model_copy(update={"paths": (first,) * MOST_PATHS})
    with pytest.raises(PathsFull) as refused:
        check_start_path(full, _start())
    assert refused.value.params == {"most": str(MOST_PATHS)}
    almost = household.state.model_copy(update={"paths": (first,) * (MOST_PATHS - 1)})
    check_start_path(almost, _start())
