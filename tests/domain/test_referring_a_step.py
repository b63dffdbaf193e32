"""Sending a step of a case to an agency."""

from datetime import date, timedelta

import pytest

from tests.cast import ANNA, BEN, CLARA, OFFICE_A, OFFICE_B, OUTSIDERS, RECEIVER, STEFAN
from tests.domain.households import CASE, PATH, SECOND_PATH, Household, path, station, to_refer
from tests.domain.referrals import MONDAY
from workflows.domain.basis import Application, Basis
from workflows.domain.case import check_refer, draft_referral
from workflows.domain.case_steps import respond_request
from workflows.domain.clocks import Party
from workflows.domain.errors import (
    AgencyUnfit,
    IllegalMove,
    NotInvolved,
    RuleBroken,
    StepNotDue,
    UnknownStep,
)
from workflows.domain.principal import Principal
from workflows.domain.referral_state import Release
from workflows.domain.statuses import Status, StepStatus
from workflows.domain.terms import Term, Terms

TERMS = Terms(respond=Term(working_days=9), remind_before=Term(working_days=2))


@pytest.fixture
def household() -> Household:
    """Open a case with two steps, one after the other."""
    return Household(
        path(
            station("register", release=Release.EFFECT, terms=TERMS), station("school", "register")
        )
    )


def test_the_office_stays_responsible_and_the_receivers_clock_runs(household: Household) -> None:
    referral = household.refer("register")
    step = household.step("register")
    assert (step.status, step.responsible) == (StepStatus.REFERRED, OFFICE_A)
    assert step.clock is None
    assert referral.clock is not None
    assert (referral.clock.party, referral.clock.since) == (Party.RECEIVER, MONDAY)
    assert (step.referral_id, step.referral_seq) == (referral.referral_id, 1)


def test_the_request_carries_what_the_step_says_and_no_more(household: Household) -> None:
    application = Application(benefit="housing-costs", office=OFFICE_A, filed_at=date(2027, 3, 1))
    basis = Basis(consent=CASE)
    referral = household.refer(
        "register",
        application=application,
        note_id=CASE,
        on_board=False,
        basis=basis,
        interpreter="ar",
    )
    assert (referral.case_id, referral.path_id, referral.step) == (CASE, PATH, "register")
    assert (referral.from_agency, referral.to_agency) == (OFFICE_A, RECEIVER)
    assert (referral.terms, referral.release) == (TERMS, Release.EFFECT)
    assert (referral.fields, referral.application) == (("name",), application)
    assert (referral.note_id, referral.on_board) == (CASE, False)
    assert (referral.basis, referral.interpreter) == (basis, "ar")
    assert (referral.status, referral.predecessor) == (Status.REQUESTED, None)
    assert referral.opened_at == referral.referred_at == MONDAY


def test_the_event_names_step_and_referral(household: Household) -> None:
    referral = household.refer("register", actor=STEFAN)
    event = household.events[-1]
    assert (event.action, event.actor, event.seq) == ("refer", STEFAN, 2)
    assert (event.path_id, event.step, event.subject) == (PATH, "register", referral.referral_id)


def test_the_answer_is_due_by_the_receivers_calendar(household: Household) -> None:
    later = MONDAY + timedelta(days=3)
    asked = respond_request(household.step("register"), to_refer("register"), later)
    assert (asked.agency, asked.start) == (RECEIVER, later)
    assert (asked.length, asked.plan) == (TERMS.respond, TERMS.plan)


def test_the_office_does_not_refer_a_step_to_itself(household: Household) -> None:
    with pytest.raises(AgencyUnfit) as refusal:
        check_refer(household.state, to_refer("register", to_agency=OFFICE_A))
    assert refusal.value.params == {"agency": str(OFFICE_A), "step": "register"}


def test_a_step_that_waits_cannot_be_referred(household: Household) -> None:
    with pytest.raises(StepNotDue) as refusal:
        check_refer(household.state, to_refer("school"))
    assert refusal.value.params == {"step": "school", "status": "waiting"}


def test_a_step_that_is_referred_cannot_be_referred_again(household: Household) -> None:
    household.refer("register")
    with pytest.raises(StepNotDue):
        draft_referral(household.state, to_refer("register"), MONDAY)


def test_a_finished_step_cannot_be_referred(household: Household) -> None:
    household.waive("register")
    with pytest.raises(StepNotDue):
        check_refer(household.state, to_refer("register"))


@pytest.mark.parametrize(("key", "path_id"), [("doctor", PATH), ("register", SECOND_PATH)])
def test_a_step_that_the_case_does_not_have_is_named(
    household: Household, key: str, path_id: object
) -> None:
    with pytest.raises(UnknownStep) as refusal:
        check_refer(household.state, to_refer(key, path_id=path_id))
    assert refusal.value.params == {"step": key}


@pytest.mark.parametrize("actor", [*OUTSIDERS, CLARA, Principal.system()])
def test_only_the_office_refers(household: Household, actor: Principal) -> None:
    with pytest.raises(NotInvolved):
        check_refer(household.state, to_refer("register", actor=actor))


def test_a_clerk_of_the_office_does_not_refer(household: Household) -> None:
    clerk = CLARA.model_copy(update={"agency_id": OFFICE_A})
    with pytest.raises(NotInvolved):
        check_refer(household.state, to_refer("register", actor=clerk))


def test_a_closed_case_refers_nothing(household: Household) -> None:
    household.close()
    with pytest.raises(IllegalMove) as refusal:
        check_refer(household.state, to_refer("register"))
    assert refusal.value.params == {"action": "refer", "status": "closed"}


def test_an_outsider_does_not_learn_whether_a_step_exists(household: Household) -> None:
    assert BEN.agency_id == OFFICE_B
    for key in ("register", "school", "unheard-of"):
        with pytest.raises(RuleBroken) as refusal:
            check_refer(household.state, to_refer(key, actor=BEN))
        assert str(refusal.value) == "not-involved {'action': 'refer'}"


def test_the_case_manager_of_the_office_may_refer(household: Household) -> None:
    assert check_refer(household.state, to_refer("register", actor=ANNA)) == household.step(
        "register"
    )
