"""Most agencies answer by telephone: the sender records it, and says how the answer came."""

from datetime import date

import pytest

from tests.cast import ANNA, BEN, CLARA, OTHER_AGENCY, STEFAN
from tests.domain.referrals import BY_TELEPHONE, NOW, carry_out, sent, well_formed
from workflows.domain.actions import Action
from workflows.domain.errors import IllegalMove, NotInvolved, SourceMissing
from workflows.domain.principal import Principal
from workflows.domain.referral_rules import check
from workflows.domain.referral_state import Channel, ReferralState, Source
from workflows.domain.statuses import Status


@pytest.fixture
def by_telephone() -> ReferralState:
    """Send a request to an agency that has a telephone and no more."""
    return sent(on_board=False)


def test_the_sender_records_the_whole_way_to_the_effect(by_telephone: ReferralState) -> None:
    state = by_telephone
    for action in (Action.RECEIVE, Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
        state, event = carry_out(state, action, ANNA)
        assert event.source == BY_TELEPHONE
        assert event.actor == ANNA
    assert state.status is Status.COMPLETED


@pytest.mark.parametrize("recorder", [ANNA, STEFAN])
def test_case_manager_and_supervisor_record_a_rejection(
    by_telephone: ReferralState, recorder: Principal
) -> None:
    letter = Source(channel=Channel.LETTER, on=date(2027, 3, 3))
    state, event = carry_out(by_telephone, Action.REJECT, recorder, source=letter)
    assert state.status is Status.REJECTED
    assert event.source == letter


def test_an_answer_without_its_source_is_refused(by_telephone: ReferralState) -> None:
    with pytest.raises(SourceMissing) as refusal:
        check(by_telephone, well_formed(Action.ACCEPT, ANNA, source=None), NOW)
    assert refusal.value.params == {"action": "accept"}


def test_taking_back_a_request_needs_no_source(by_telephone: ReferralState) -> None:
    check(by_telephone, well_formed(Action.CANCEL, ANNA, source=None), NOW)


def test_an_agency_without_a_queue_cannot_be_nudged_by_mail(by_telephone: ReferralState) -> None:
    with pytest.raises(IllegalMove):
        check(by_telephone, well_formed(Action.NUDGE, ANNA), NOW)


def test_the_sender_cannot_claim_work_for_the_agency(by_telephone: ReferralState) -> None:
    with pytest.raises(NotInvolved):
        check(by_telephone, well_formed(Action.CLAIM, ANNA), NOW)


def test_nobody_answers_for_an_agency_that_is_on_board() -> None:
    with pytest.raises(NotInvolved):
        check(sent(), well_formed(Action.ACCEPT, ANNA), NOW)


def test_another_office_cannot_record_answers(by_telephone: ReferralState) -> None:
    with pytest.raises(NotInvolved):
        check(by_telephone, well_formed(Action.ACCEPT, BEN), NOW)


def test_a_clerk_of_an_agency_that_has_come_on_board_since_needs_no_source(
    by_telephone: ReferralState,
) -> None:
    check(by_telephone, well_formed(Action.ACCEPT, CLARA, source=None), NOW)


def test_a_clerk_of_the_senders_own_house_records_nothing(by_telephone: ReferralState) -> None:
    clerk = CLARA.model_copy(update={"agency_id": by_telephone.from_agency})
    stranger = CLARA.model_copy(update={"agency_id": OTHER_AGENCY})
    for person in (clerk, stranger):
        with pytest.raises(NotInvolved):
            check(by_telephone, well_formed(Action.ACCEPT, person), NOW)
