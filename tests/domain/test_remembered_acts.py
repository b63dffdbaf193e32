"""The state remembers its latest acts, so that a repeated one is answered and not done again."""

from tests.cast import ANNA, CLARA, STEFAN
from tests.domain.households import Household, path, station
from tests.domain.referrals import MONDAY, sent, well_formed
from workflows.domain.actions import Action
from workflows.domain.case import assign_case
from workflows.domain.case_acts import Assign
from workflows.domain.referral import apply
from workflows.domain.referral_state import REMEMBERED_ACTS, ActDone
from workflows.domain.statuses import Status


def test_an_act_is_recognised_by_its_cause() -> None:
    state, event = apply(sent(), well_formed(Action.RECEIVE, CLARA), "click", MONDAY, None)
    assert state.done_before("click") == ActDone(
        cause="click", seq=event.seq, at=MONDAY, status=Status.RECEIVED
    )
    assert state.done_before("another click") is None


def test_only_the_latest_fifty_acts_are_remembered() -> None:
    state = sent()
    for number in range(REMEMBERED_ACTS + 5):
        state, _ = apply(state, well_formed(Action.NUDGE, ANNA), f"nudge-{number}", MONDAY, None)
    assert len(state.recent) == REMEMBERED_ACTS == 50
    assert state.done_before("nudge-4") is None
    assert state.done_before("nudge-5") is not None
    assert state.done_before("nudge-54") == state.recent[-1]
    assert state.seq == 56


def test_a_case_remembers_its_latest_fifty_acts_too() -> None:
    state = Household(path(station("register"))).state
    wish = Assign(actor=STEFAN, case_manager=ANNA.user_id)
    for number in range(REMEMBERED_ACTS):
        state, _ = assign_case(state, wish, f"assign-{number}", MONDAY)
    assert len(state.recent) == REMEMBERED_ACTS
    assert state.done_before("open") is None
    assert state.done_before("assign-0") == state.recent[0]
