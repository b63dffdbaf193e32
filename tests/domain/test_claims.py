"""Whose work it is inside the receiving agency."""

from uuid import UUID

import pytest

from tests.cast import ANNA, CLARA, KARIM, SABINE
from tests.domain.referrals import NOW, carry_out, in_status, sent, well_formed
from workflows.domain.actions import Action
from workflows.domain.errors import AlreadyClaimed, AssigneeMissing, IllegalMove, NotInvolved
from workflows.domain.referral_rules import check
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import Status


@pytest.fixture
def claras() -> ReferralState:
    """Let Clara claim a new request."""
    return carry_out(sent(), Action.CLAIM, CLARA)[0]


def worker(state: ReferralState) -> UUID | None:
    return state.claimed_by


def test_nobody_works_on_a_new_request() -> None:
    assert worker(sent()) is None


def test_who_claims_it_works_on_it(claras: ReferralState) -> None:
    assert worker(claras) == CLARA.user_id


def test_a_second_claim_is_refused_and_names_the_first(claras: ReferralState) -> None:
    with pytest.raises(AlreadyClaimed) as refusal:
        check(claras, well_formed(Action.CLAIM, KARIM), NOW)
    assert refusal.value.params == {"by": str(CLARA.user_id)}


def test_a_supervisor_cannot_claim_what_is_claimed_either(claras: ReferralState) -> None:
    with pytest.raises(AlreadyClaimed):
        check(claras, well_formed(Action.CLAIM, SABINE), NOW)


def test_what_is_released_can_be_claimed_by_a_colleague(claras: ReferralState) -> None:
    free, _ = carry_out(claras, Action.RELEASE, CLARA)
    assert worker(free) is None
    assert worker(carry_out(free, Action.CLAIM, KARIM)[0]) == KARIM.user_id


def test_what_nobody_has_claimed_cannot_be_released() -> None:
    with pytest.raises(IllegalMove):
        check(sent(), well_formed(Action.RELEASE, CLARA), NOW)


def test_the_supervisor_hands_the_work_to_a_colleague(claras: ReferralState) -> None:
    handed, _ = carry_out(claras, Action.ASSIGN, SABINE, assignee=KARIM.user_id)
    assert worker(handed) == KARIM.user_id


def test_handing_over_to_nobody_is_refused(claras: ReferralState) -> None:
    with pytest.raises(AssigneeMissing) as refusal:
        check(claras, well_formed(Action.ASSIGN, SABINE, assignee=None), NOW)
    assert refusal.value.params == {"action": "assign"}


def test_a_clerk_cannot_hand_work_to_a_colleague(claras: ReferralState) -> None:
    with pytest.raises(NotInvolved):
        check(claras, well_formed(Action.ASSIGN, CLARA), NOW)


def test_who_accepts_an_unclaimed_request_works_on_it() -> None:
    assert worker(carry_out(sent(), Action.ACCEPT, KARIM)[0]) == KARIM.user_id


def test_accepting_for_a_colleague_leaves_it_with_the_colleague(claras: ReferralState) -> None:
    assert worker(carry_out(claras, Action.ACCEPT, KARIM)[0]) == CLARA.user_id


def test_the_sender_who_records_an_answer_does_not_become_the_worker() -> None:
    state, _ = carry_out(sent(on_board=False), Action.ACCEPT, ANNA)
    assert worker(state) is None


def test_the_worker_keeps_it_until_the_end() -> None:
    state = in_status(Status.ACCEPTED)
    for action in (Action.ARRIVE, Action.PROGRESS, Action.COMPLETE):
        state, _ = carry_out(state, action, KARIM)
        assert worker(state) == CLARA.user_id
