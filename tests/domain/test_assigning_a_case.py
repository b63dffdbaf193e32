"""Giving a case to a colleague is the supervisor's."""

import pytest

from tests.cast import ANNA, BEN, CLARA, EVERYBODY, STEFAN
from tests.domain.households import Household, path, station
from tests.domain.referrals import MONDAY
from workflows.domain.case import assign_case
from workflows.domain.case_acts import Assign
from workflows.domain.errors import IllegalMove, NotInvolved
from workflows.domain.principal import Principal

COLLEAGUE = BEN.user_id


def test_the_supervisor_gives_the_case_to_a_colleague() -> None:
    before = Household(path(station("register"))).state
    state, event = assign_case(
        before, Assign(actor=STEFAN, case_manager=COLLEAGUE), "click", MONDAY
    )
    assert (before.case_manager, state.case_manager) == (ANNA.user_id, COLLEAGUE)
    assert (event.action, event.subject, event.seq) == ("assign", COLLEAGUE, before.seq + 1)
    assert state.paths == before.paths


@pytest.mark.parametrize("actor", [person for person in EVERYBODY if person != STEFAN])
def test_nobody_else_does(actor: Principal) -> None:
    state = Household(path(station("register"))).state
    with pytest.raises(NotInvolved) as refusal:
        assign_case(state, Assign(actor=actor, case_manager=CLARA.user_id), "click", MONDAY)
    assert refusal.value.params == {"action": "assign"}


def test_a_closed_case_stays_with_whom_it_was() -> None:
    household = Household(path(station("register")))
    household.close()
    with pytest.raises(IllegalMove):
        assign_case(household.state, Assign(actor=STEFAN, case_manager=COLLEAGUE), "click", MONDAY)
