"""Leaving a step out."""

import pytest

from tests.cast import ANNA, CLARA, OUTSIDERS, STEFAN
from tests.domain.households import CASE, PATH, Household, path, station, to_waive
from workflows.domain.actions import Action
from workflows.domain.case import check_waive
from workflows.domain.case_acts import Settle
from workflows.domain.errors import NotInvolved, ReasonMissing, StepNotDue, UnknownStep
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.statuses import Status, StepStatus

OF_WAIVER = {"no-longer-needed", "client-declined", "client-moved"}


@pytest.fixture
def household() -> Household:
    """Open a case with two steps, one after the other."""
    return Household(path(station("register"), station("school", "register")))


@pytest.mark.parametrize("actor", [ANNA, STEFAN])
@pytest.mark.parametrize("reason", sorted(OF_WAIVER))
def test_a_step_is_left_out_and_the_next_begins(
    household: Household, actor: Principal, reason: str
) -> None:
    household.waive("register", actor=actor, reason=reason, note_id=CASE)
    step, event = household.step("register"), household.events[-1]
    assert (step.status, step.responsible, step.clock) == (StepStatus.WAIVED, None, None)
    assert household.step("school").status is StepStatus.DUE
    assert (event.action, event.actor, event.reason) == ("waive", actor, reason)
    assert (event.path_id, event.step, event.note_id) == (PATH, "register", CASE)


@pytest.mark.parametrize("reason", ["", "because", *sorted(set(Reason) - OF_WAIVER)])
def test_without_a_reason_for_it_a_waiver_is_refused(household: Household, reason: str) -> None:
    with pytest.raises(ReasonMissing) as refusal:
        check_waive(household.state, to_waive("register", reason=reason))
    assert refusal.value.params == {"action": "waive"}


def test_an_optional_step_is_left_out_without_a_reason_or_with_one_of_them() -> None:
    for reason in (None, *sorted(OF_WAIVER)):
        household = Household(path(station("register", optional=True), station("school")))
        household.waive("register", reason=reason)
        assert household.step("register").status is StepStatus.WAIVED
        assert household.events[-1].reason == reason
        with pytest.raises(ReasonMissing):
            household.waive("school", reason=None)


def test_also_for_an_optional_step_a_reason_must_be_one_of_them() -> None:
    household = Household(path(station("register", optional=True)))
    with pytest.raises(ReasonMissing):
        household.waive("register", reason=Reason.NO_CAPACITY)


def test_an_optional_step_that_an_agency_turned_down_needs_a_reason() -> None:
    household = Household(path(station("register", optional=True)))
    household.refer("register")
    household.act("register", Action.REJECT)
    with pytest.raises(ReasonMissing):
        household.waive("register", reason=None)
    household.waive("register", reason=Reason.CLIENT_DECLINED)
    assert household.step("register").status is StepStatus.WAIVED


def test_a_step_that_waits_cannot_be_left_out_yet(household: Household) -> None:
    with pytest.raises(StepNotDue):
        household.waive("school")


def test_a_step_that_an_agency_works_on_cannot_be_left_out(household: Household) -> None:
    household.refer("register")
    with pytest.raises(StepNotDue):
        household.waive("register")
    household.act("register", Action.ACCEPT, Action.ARRIVE)
    with pytest.raises(StepNotDue):
        household.waive("register")


def test_an_unknown_step_cannot_be_left_out(household: Household) -> None:
    with pytest.raises(UnknownStep):
        check_waive(household.state, to_waive("doctor"))


@pytest.mark.parametrize("actor", [*OUTSIDERS, CLARA])
def test_only_the_office_leaves_steps_out(household: Household, actor: Principal) -> None:
    with pytest.raises(NotInvolved) as refusal:
        check_waive(household.state, to_waive("register", actor=actor))
    assert refusal.value.params == {"action": "waive"}


def test_what_came_back_and_is_left_out_ends_its_referral(household: Household) -> None:
    referral = household.refer("register")
    household.act("register", Action.REJECT)
    household.waive("register", reason="client-moved")
    assert household.settles == [
        Settle(
            referral_id=referral.referral_id,
            actor=ANNA,
            action="waive",
            reason="client-moved",
            case_seq=household.state.seq,
        )
    ]
    household.deliver_all()
    ended = household.referral("register")
    assert (ended.status, ended.closed_at) == (Status.REJECTED, household.now)
    assert not household.step("register").unsettled
