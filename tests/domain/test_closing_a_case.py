"""Closing a case: not while agencies work; and what had come back ends with it."""

import pytest

from tests.cast import ANNA, BEN, CLARA
from tests.domain.households import CASE, SECOND_PATH, Household, path, station
from workflows.domain.actions import Action
from workflows.domain.case import check_close, close_case
from workflows.domain.case_acts import Close
from workflows.domain.case_steps import steps_to_wake
from workflows.domain.errors import IllegalMove, NotInvolved, StepsOpen
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome
from workflows.domain.statuses import CaseStatus, Status

WISH = Close(actor=ANNA, outcome=CaseOutcome.GOAL_REACHED)


@pytest.fixture
def household() -> Household:
    """Open a case with two paths."""
    return Household(
        path(station("register"), station("school", "register")),
        path(station("doctor"), path_id=SECOND_PATH),
    )


def test_a_closed_case_waits_for_nobody(household: Household) -> None:
    household.close()
    state, event = household.state, household.events[-1]
    assert (state.status, state.outcome) == (CaseStatus.CLOSED, "goal-reached")
    assert state.closed_at == household.now
    assert (event.action, event.reason, event.status) == ("close", "goal-reached", "closed")
    for step in (
        household.step("register"),
        household.step("school"),
        household.step("doctor", SECOND_PATH),
    ):
        assert (step.responsible, step.clock, step.unsettled) == (None, None, False)
    assert steps_to_wake(state) == []


def test_a_case_is_not_closed_while_agencies_work(household: Household) -> None:
    household.refer("register")
    household.refer("doctor", path_id=SECOND_PATH)
    household.act("doctor", Action.ACCEPT, Action.ARRIVE, path_id=SECOND_PATH)
    with pytest.raises(StepsOpen) as refusal:
        household.close()
    assert refusal.value.params == {"count": "2"}
    assert household.state.status is CaseStatus.OPEN


def test_closing_ends_the_question_whether_it_has_really_happened(household: Household) -> None:
    household.refer("register")
    household.act("register", Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
    assert household.referral("register").clock
    household.close()
    household.deliver_all()
    [referral] = household.referrals.values()
    assert (referral.status, referral.clock) == (Status.COMPLETED, None)
    assert referral.closed_at == household.now


def test_what_is_disputed_while_the_case_is_closed_ends_with_it(household: Household) -> None:
    household.refer("register")
    household.act("register", Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
    household.act_on(household.referral("register").referral_id, Action.DISPUTE)
    household.close()
    household.deliver_all()
    [referral] = household.referrals.values()
    assert (referral.status, referral.closed_at) == (Status.CANCELLED, household.now)
    assert referral.gaps == ()


def test_what_had_come_back_ends_with_the_case(household: Household) -> None:
    household.refer("register")
    household.act("register", Action.REJECT)
    household.refer("doctor", path_id=SECOND_PATH)
    household.act("doctor", Action.ACCEPT, Action.FAIL, path_id=SECOND_PATH)
    household.close()
    told = {(message.action, message.reason, message.case_seq) for message in household.settles}
    assert told == {("waive", "no-longer-needed", household.state.seq)}
    household.deliver_all()
    assert all(referral.closed_at for referral in household.referrals.values())
    assert len(household.referrals) == 2


@pytest.mark.parametrize("actor", [BEN, CLARA, Principal.system()])
def test_only_the_office_closes(household: Household, actor: Principal) -> None:
    with pytest.raises(NotInvolved) as refusal:
        check_close(household.state, WISH.model_copy(update={"actor": actor}))
    assert refusal.value.params == {"action": "close"}


def test_a_case_is_closed_once(household: Household) -> None:
    household.close()
    with pytest.raises(IllegalMove) as refusal:
        check_close(household.state, WISH)
    assert refusal.value.params == {"action": "close", "status": "closed"}


def test_what_there_is_to_say_about_it_is_named_in_the_history(household: Household) -> None:
    wish = WISH.model_copy(update={"note_id": CASE})
    _, event = close_case(household.state, wish, "click", household.now)
    assert (event.cause, event.actor, event.note_id) == ("click", ANNA, CASE)
