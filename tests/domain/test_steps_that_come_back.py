"""A step that was rejected, failed or taken back is due again; it can go elsewhere."""

from datetime import timedelta

import pytest

from tests.cast import ANNA, OFFICE_A, OTHER_AGENCY
from tests.domain.households import Household, path, station
from tests.domain.referrals import MONDAY
from workflows.domain.actions import Action
from workflows.domain.case_acts import Settle
from workflows.domain.clocks import Party
from workflows.domain.statuses import Status, StepStatus

BACK = [(Action.REJECT,), (Action.ACCEPT, Action.FAIL), (Action.ACCEPT, Action.ARRIVE, Action.FAIL)]
LATER = MONDAY + timedelta(days=2)


@pytest.fixture(params=BACK, ids=["rejected", "failed", "failed-late"])
def came_back(request: pytest.FixtureRequest) -> Household:
    """Refer a step that the agency then sends back, two days later."""
    household = Household(path(station("register"), station("school", "register")))
    household.refer("register")
    household.now = LATER
    household.act("register", *request.param)
    return household


def test_it_is_due_again_and_the_offices_clock_runs(came_back: Household) -> None:
    step = came_back.step("register")
    assert (step.status, step.responsible, step.unsettled) == (StepStatus.DUE, OFFICE_A, True)
    running = came_back.referral("register").clock
    assert running is not None
    assert (step.clock, running.party, running.since) == (None, Party.SENDER, LATER)
    assert came_back.step("school").status is StepStatus.WAITING


def test_sent_elsewhere_the_new_request_names_the_old_one_and_keeps_its_date(
    came_back: Household,
) -> None:
    first = came_back.referral("register")
    came_back.now = LATER + timedelta(days=1)
    second = came_back.refer("register", to_agency=OTHER_AGENCY)
    assert second.predecessor == first.referral_id
    assert (second.referred_at, second.opened_at) == (MONDAY, came_back.now)
    assert came_back.step("register").referral_id == second.referral_id
    assert not came_back.step("register").unsettled


def test_after_two_bounces_the_date_is_still_the_first(came_back: Household) -> None:
    came_back.now += timedelta(days=1)
    second = came_back.refer("register")
    came_back.act("register", Action.REJECT)
    came_back.now += timedelta(days=1)
    third = came_back.refer("register")
    assert third.predecessor == second.referral_id
    assert third.referred_at == MONDAY


def test_the_old_request_is_told_and_ends(came_back: Household) -> None:
    first = came_back.referral("register")
    came_back.refer("register")
    assert came_back.settles == [
        Settle(
            referral_id=first.referral_id,
            actor=ANNA,
            action="refer-again",
            reason=None,
            case_seq=came_back.state.seq,
        )
    ]
    came_back.deliver_all()
    ended = came_back.referrals[first.referral_id]
    assert (ended.status, ended.closed_at) == (first.status, came_back.now)


def test_a_request_that_was_taken_back_is_over_and_owes_nobody_an_end() -> None:
    household = Household(path(station("register")))
    household.refer("register")
    household.now = LATER
    household.act("register", Action.CANCEL)
    step = household.step("register")
    assert (step.status, step.responsible, step.unsettled) == (StepStatus.DUE, OFFICE_A, False)
    assert step.clock is not None
    assert (step.clock.party, step.clock.since) == (Party.SENDER, LATER)
    again = household.refer("register")
    assert household.settles == []
    assert (again.status, again.predecessor) == (Status.REQUESTED, None)
