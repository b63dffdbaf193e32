"""A closed case can be opened again: it goes on where it stood."""

from datetime import timedelta

import pytest

from tests.cast import ANNA, BEN, CLARA, STEFAN
from tests.domain.households import CASE, Household, path, station
from workflows.domain.actions import Action
from workflows.domain.case_acts import Reopen
from workflows.domain.case_moments import next_moment
from workflows.domain.case_reopening import reopen_case
from workflows.domain.case_state import CaseState
from workflows.domain.case_steps import steps_to_wake
from workflows.domain.errors import IllegalMove, NotInvolved
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus, StepStatus


@pytest.fixture
def household() -> Household:
    """A closed case: one step was done, one was rejected, one never came to its turn."""
    household = Household(path(station("register"), station("doctor"), station("school", "doctor")))
    household.refer("register")
    household.act("register", Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
    household.refer("doctor")
    household.act("doctor", Action.REJECT)
    household.now += timedelta(days=30)
    household.close()
    household.deliver_all()
    return household


def reopened(household: Household, actor: Principal = ANNA) -> CaseState:
    """Open it again, a month later."""
    household.now += timedelta(days=30)
    household.reopen(actor)
    return household.state


def test_it_is_open_without_an_outcome_and_its_history_goes_on(household: Household) -> None:
    before = household.state
    state = reopened(household)
    assert (state.status, state.outcome, state.closed_at) == (CaseStatus.OPEN, None, None)
    assert (state.seq, household.events[-1].action) == (before.seq + 1, "reopen")
    assert household.events[-1].status is CaseStatus.OPEN


def test_what_was_neither_done_nor_left_out_is_due_anew(household: Household) -> None:
    reopened(household)
    assert household.step("register").status is StepStatus.DONE
    assert household.step("school").status is StepStatus.WAITING
    doctor = household.step("doctor")
    assert (doctor.status, doctor.responsible) == (StepStatus.DUE, ANNA.agency_id)
    assert doctor.clock is not None
    assert doctor.clock.since == household.now
    assert next_moment(household.state) is not None


def test_what_is_due_anew_can_be_sent_and_stands_alone(household: Household) -> None:
    reopened(household)
    referral = household.refer("doctor")
    assert referral.predecessor is None
    household.act("doctor", Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
    assert household.step("school").status is StepStatus.DUE


def test_a_supervisor_may_do_it_too(household: Household) -> None:
    assert reopened(household, STEFAN).status is CaseStatus.OPEN


@pytest.mark.parametrize("actor", [BEN, CLARA, Principal.system()])
def test_only_its_office_opens_it_again(household: Household, actor: Principal) -> None:
    with pytest.raises(NotInvolved) as refusal:
        reopen_case(household.state, Reopen(actor=actor), "again", household.now)
    assert refusal.value.params == {"action": "reopen"}


def test_an_open_case_is_not_opened_again(household: Household) -> None:
    reopened(household)
    with pytest.raises(IllegalMove) as refusal:
        reopen_case(household.state, Reopen(actor=ANNA), "again", household.now)
    assert refusal.value.params == {"action": "reopen", "status": "open"}


def test_why_it_was_opened_again_is_named_in_the_history(household: Household) -> None:
    _, event = reopen_case(
        household.state, Reopen(actor=ANNA, note_id=CASE), "again", household.now
    )
    assert (event.actor, event.cause, event.note_id) == (ANNA, "again", CASE)


def test_it_can_be_closed_again(household: Household) -> None:
    reopened(household)
    household.close()
    household.deliver_all()
    assert household.state.status is CaseStatus.CLOSED
    assert steps_to_wake(household.state) == []
