"""Who has the baton: the sender, until arrival or, where the step says so, effect."""

import pytest

from tests.cast import OFFICE_A, RECEIVER
from tests.domain.households import Household, path, station
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.referral_state import Release
from workflows.domain.statuses import StepStatus

WAY = [Action.RECEIVE, Action.ACCEPT, Action.ARRIVE, Action.COMPLETE]


@pytest.mark.parametrize(
    ("release", "responsible"),
    [
        (Release.ARRIVAL, [OFFICE_A, OFFICE_A, RECEIVER, None]),
        (Release.EFFECT, [OFFICE_A, OFFICE_A, OFFICE_A, None]),
    ],
)
def test_the_sender_is_responsible_until_it_is_released(
    release: Release, responsible: list[object]
) -> None:
    household = Household(path(station("register", release=release)))
    household.refer("register")
    seen = []
    for action in WAY:
        household.act("register", action)
        seen.append(household.step("register").responsible)
    assert seen == responsible


def test_the_step_follows_its_referral() -> None:
    household = Household(path(station("register")))
    household.refer("register")
    seen = []
    for action in WAY:
        household.act("register", action)
        step = household.step("register")
        seen.append(step.status)
        assert step.clock is None, "while an agency has it, the referral's clock counts"
    assert seen == [
        StepStatus.REFERRED,
        StepStatus.REFERRED,
        StepStatus.IN_PROGRESS,
        StepStatus.DONE,
    ]


def test_what_fails_after_arrival_falls_back_to_the_office() -> None:
    household = Household(path(station("register")))
    household.refer("register")
    household.act("register", Action.ACCEPT, Action.ARRIVE, Action.FAIL)
    step = household.step("register")
    assert (step.status, step.responsible) == (StepStatus.DUE, OFFICE_A)
    assert step.clock is None, "the referral's clock still counts"
    running = household.referral("register").clock
    assert running is not None
    assert running.party is Party.SENDER


def test_the_case_hears_of_a_request_only_when_its_step_moves() -> None:
    household = Household(path(station("register")))
    referral = household.refer("register")
    heard = []
    for action in WAY:
        household.act_on(referral.referral_id, action)
        heard.append(bool(household.post))
        household.deliver_all()
    assert heard == [False, False, True, True]
