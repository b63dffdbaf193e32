"""Messages from referrals may come late, twice or out of order; only news changes the case."""

from uuid import UUID

import pytest

from tests.domain.households import PATH, SECOND_PATH, Household, new_id, path, station
from workflows.domain.actions import Action
from workflows.domain.case_acts import ReferralMoved
from workflows.domain.case_news import late_settlement, referral_moved
from workflows.domain.case_steps import follow_referral
from workflows.domain.errors import UnknownStep
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.statuses import StepStatus


@pytest.fixture
def household() -> Household:
    """Refer the first step; two messages of it lie in the post: it arrived, it failed."""
    household = Household(path(station("register"), station("school", "register")))
    referral = household.refer("register")
    for action in (Action.ACCEPT, Action.ARRIVE, Action.FAIL):
        household.act_on(referral.referral_id, action)
    return household


def test_the_newest_message_is_enough(household: Household) -> None:
    arrived, failed = household.post
    household.deliver(failed)
    assert household.step("register").status is StepStatus.DUE
    assert referral_moved(household.state, arrived) is None


def test_a_message_that_comes_twice_is_news_once(household: Household) -> None:
    arrived, _ = household.post
    household.deliver(arrived)
    assert referral_moved(household.state, arrived) is None
    event = household.events[-1]
    assert event.cause == f"moved:{arrived.referral_id}:3"
    assert (event.action, event.actor, event.at) == ("in-progress", Principal.system(), arrived.at)
    assert (event.path_id, event.step, event.subject) == (PATH, "register", arrived.referral_id)


@pytest.mark.parametrize(
    "change",
    [{"referral_id": new_id()}, {"step": "doctor"}, {"step": "school"}, {"path_id": SECOND_PATH}],
)
def test_a_message_of_something_else_changes_nothing(
    household: Household, change: dict[str, UUID | str]
) -> None:
    foreign = household.post[0].model_copy(update=change)
    assert referral_moved(household.state, foreign) is None
    assert late_settlement(household.state, foreign) is None


def test_a_step_that_the_case_does_not_have_follows_no_referral(household: Household) -> None:
    foreign = household.post[0].model_copy(update={"step": "doctor"})
    with pytest.raises(UnknownStep) as refusal:
        follow_referral(household.state, foreign)
    assert refusal.value.params == {"step": "doctor"}


def test_an_earlier_request_does_not_move_a_step_that_went_elsewhere() -> None:
    household = Household(path(station("register")))
    household.refer("register")
    household.act("register", Action.REJECT)
    late = ReferralMoved.of(household.referral("register"))
    second = household.refer("register")
    assert referral_moved(household.state, late.model_copy(update={"seq": 99})) is None
    assert household.step("register").referral_id == second.referral_id


def test_a_late_message_does_not_revive_a_step_that_was_left_out() -> None:
    household = Household(path(station("register"), station("school", "register")))
    household.refer("register")
    household.act("register", Action.REJECT)
    late = ReferralMoved.of(household.referral("register"))
    household.waive("register")
    assert referral_moved(household.state, late.model_copy(update={"seq": 99})) is None
    assert household.step("register").status is StepStatus.WAIVED


def test_a_rejected_request_that_never_heard_of_the_waiver_is_told_again() -> None:
    household = Household(path(station("register")))
    household.refer("register")
    household.act("register", Action.REJECT)
    late = ReferralMoved.of(household.referral("register"))
    household.waive("register", reason="client-moved")
    household.settles.clear()
    message = late_settlement(household.state, late)
    assert message is not None
    assert (message.referral_id, message.action) == (late.referral_id, "waive")
    assert message.reason == Reason.CLIENT_MOVED
    household.settle(message)
    assert household.referral("register").closed_at is not None


def test_a_rejected_request_that_never_heard_of_its_successor_is_told_again() -> None:
    household = Household(path(station("register")))
    first = household.refer("register")
    household.act("register", Action.REJECT)
    late = ReferralMoved.of(household.referral("register"))
    household.refer("register")
    household.settles.clear()
    message = late_settlement(household.state, late)
    assert message is not None
    assert (message.action, message.reason) == ("refer-again", None)
    household.settle(message)
    assert household.referrals[first.referral_id].closed_at is not None


def test_a_successor_is_not_told_what_the_request_before_it_was_told() -> None:
    household = Household(path(station("register")))
    household.refer("register")
    household.act("register", Action.REJECT)
    successor = household.refer("register")
    assert late_settlement(household.state, ReferralMoved.of(successor)) is None


def test_a_rejected_request_that_waits_for_a_decision_is_told_nothing() -> None:
    household = Household(path(station("register")))
    household.refer("register")
    household.act("register", Action.REJECT)
    late = ReferralMoved.of(household.referral("register"))
    assert late_settlement(household.state, late) is None


def test_a_request_that_has_ended_is_told_nothing() -> None:
    household = Household(path(station("register")))
    first = household.refer("register")
    household.act("register", Action.REJECT)
    household.refer("register")
    household.deliver_all()
    ended = ReferralMoved.of(household.referrals[first.referral_id])
    assert ended.has_ended
    assert late_settlement(household.state, ended) is None
