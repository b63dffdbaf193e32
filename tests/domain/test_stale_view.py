"""Who acts on an old page is told that somebody else was there before."""

import pytest

from tests.cast import ANNA, CLARA, KARIM, SABINE
from tests.domain.referrals import HOUR, MONDAY, NOW, carry_out, in_status, sent, well_formed
from workflows.domain.actions import Action
from workflows.domain.errors import StaleView
from workflows.domain.principal import Principal
from workflows.domain.referral_moments import pass_moment
from workflows.domain.referral_rules import check
from workflows.domain.statuses import Status


@pytest.mark.parametrize(
    ("action", "actor"),
    [(Action.RECEIVE, KARIM), (Action.CLAIM, KARIM), (Action.ASSIGN, SABINE)],
)
def test_an_act_on_what_a_colleague_has_changed_since_is_refused(
    action: Action, actor: Principal
) -> None:
    seen = sent()
    now, _ = carry_out(seen, action, actor)
    with pytest.raises(StaleView) as refusal:
        check(now, well_formed(Action.ACCEPT, CLARA, expected_seq=seen.seq), NOW)
    assert refusal.value.params == {"action": "accept", "status": now.status}


def test_an_act_on_what_a_colleague_has_released_since_is_refused() -> None:
    seen, _ = carry_out(sent(), Action.CLAIM, KARIM)
    now, _ = carry_out(seen, Action.RELEASE, KARIM)
    with pytest.raises(StaleView):
        check(now, well_formed(Action.ACCEPT, CLARA, expected_seq=seen.seq), NOW)


def test_an_act_on_what_a_colleague_has_taken_back_since_is_refused() -> None:
    seen, _ = carry_out(sent(), Action.ACCEPT, KARIM)
    now, _ = carry_out(seen, Action.UNDO, KARIM)
    with pytest.raises(StaleView):
        check(now, well_formed(Action.ACCEPT, CLARA, expected_seq=seen.seq), NOW)
    check(now, well_formed(Action.ACCEPT, CLARA, expected_seq=now.seq), NOW)


def test_an_act_on_the_latest_view_is_carried_out() -> None:
    now, _ = carry_out(sent(), Action.RECEIVE, KARIM)
    check(now, well_formed(Action.ACCEPT, CLARA, expected_seq=now.seq), NOW)


def test_an_act_that_says_nothing_of_its_view_is_carried_out() -> None:
    now, _ = carry_out(sent(), Action.RECEIVE, KARIM)
    check(now, well_formed(Action.ACCEPT, CLARA), NOW)


def test_a_nudge_does_not_outdate_the_clerks_page() -> None:
    seen = sent()
    now, _ = carry_out(seen, Action.NUDGE, ANNA)
    assert now.seq == seen.seq + 1
    check(now, well_formed(Action.ACCEPT, CLARA, expected_seq=seen.seq), NOW)


def test_progress_does_not_outdate_a_colleagues_page() -> None:
    seen = in_status(Status.IN_PROGRESS)
    now, _ = carry_out(seen, Action.PROGRESS, KARIM)
    check(now, well_formed(Action.COMPLETE, CLARA, expected_seq=seen.seq), NOW)


def test_a_reminder_and_a_passed_deadline_do_not_outdate_the_clerks_page() -> None:
    seen = now = sent()
    for hours in (24 * 5, 24 * 30):
        passed = pass_moment(now, MONDAY + hours * HOUR)
        assert passed is not None
        now, _ = passed
    assert now.seq == seen.seq + 2
    check(now, well_formed(Action.ACCEPT, CLARA, expected_seq=seen.seq), NOW)
