"""Pages offer exactly the acts that would be carried out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import ANNA, CLARA, EVERYBODY, KARIM, OUTSIDERS, SABINE
from tests.counts import PROPERTY
from tests.domain.referrals import NOW, carry_out, in_status, sent, settled, well_formed
from workflows.domain.actions import Action
from workflows.domain.errors import RuleBroken
from workflows.domain.principal import Principal
from workflows.domain.referral_rules import allowed_actions, check
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import Status


def passes(state: ReferralState, action: Action, actor: Principal) -> bool:
    """Tell whether a complete, up-to-date act would be carried out."""
    try:
        check(state, well_formed(action, actor, expected_seq=state.seq), NOW)
    except RuleBroken:
        return False
    return True


@given(
    status=st.sampled_from(Status),
    actor=st.sampled_from(EVERYBODY),
    on_board=st.booleans(),
    claimed_by=st.sampled_from([None, CLARA.user_id, KARIM.user_id, SABINE.user_id]),
)
@PROPERTY
def test_offered_are_exactly_the_acts_that_pass(
    status: Status, actor: Principal, on_board: bool, claimed_by: object
) -> None:
    state = in_status(status, on_board=on_board).model_copy(update={"claimed_by": claimed_by})
    passing = [action for action in Action if passes(state, action, actor)]
    assert allowed_actions(state, actor, NOW) == passing


@pytest.mark.parametrize("status", list(Status))
def test_outsiders_are_offered_nothing(status: Status) -> None:
    assert [allowed_actions(in_status(status), outsider, NOW) for outsider in OUTSIDERS] == [[]] * 6


def test_a_clerk_is_offered_the_answers_to_a_new_request() -> None:
    offered = ["receive", "claim", "accept", "reject", "redirect", "ask"]
    assert allowed_actions(sent(), CLARA, NOW) == offered


def test_a_case_manager_is_offered_to_nudge_and_to_take_back() -> None:
    assert set(allowed_actions(sent(), ANNA, NOW)) == {"cancel", "nudge", "move-deadline"}


def test_nobody_can_claim_what_a_colleague_has_claimed() -> None:
    claimed, _ = carry_out(sent(), Action.CLAIM, CLARA)
    assert Action.CLAIM not in allowed_actions(claimed, KARIM, NOW)


@pytest.mark.parametrize("status", [Status.REJECTED, Status.FAILED])
def test_once_settled_nobody_is_offered_anything(status: Status) -> None:
    state, _ = settled(in_status(status))
    assert [allowed_actions(state, person, NOW) for person in EVERYBODY] == [[]] * len(EVERYBODY)
