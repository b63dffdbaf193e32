"""A case goes to another office if that one accepts it; until then everything stays."""

from datetime import timedelta

import pytest

from tests.cast import ANNA, BEN, CLARA, OFFICE_A, OFFICE_B, STEFAN
from tests.domain.households import STATUTE, Household, path, station
from workflows.domain.actions import Action
from workflows.domain.case_acts import AnswerOffer, OfferCase, ReferralMoved, WithdrawOffer
from workflows.domain.case_moments import next_moment
from workflows.domain.case_transfer import (
    answer_offer,
    check_offer,
    late_new_sender,
    withdraw_offer,
)
from workflows.domain.errors import AgencyUnfit, AssigneeMissing, IllegalMove, NotInvolved
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.notices import Audience, NoticeKind
from workflows.domain.principal import Principal, Role
from workflows.domain.referral_rules import allowed_actions
from workflows.domain.statuses import StepStatus

OFFER = OfferCase(actor=ANNA, to_office=OFFICE_B, basis=STATUTE)
YES = AnswerOffer(actor=BEN, action="accept-transfer")
NO = AnswerOffer(actor=BEN, action="decline-transfer")
BENS_SUPERVISOR = Principal(user_id=STEFAN.user_id, role=Role.SUPERVISOR, agency_id=OFFICE_B)


@pytest.fixture
def household() -> Household:
    """A case that is offered: one step at an agency, one due, one waiting."""
    household = Household(path(station("register"), station("doctor"), station("school", "doctor")))
    household.refer("register")
    household.act("register", Action.ACCEPT)
    household.offer(OFFER)
    return household


def test_an_offer_changes_nothing_but_that_the_other_office_has_to_answer(
    household: Household,
) -> None:
    assert household.state.offer
    assert household.state.office == OFFICE_A
    assert household.step("doctor").responsible == OFFICE_A
    event = household.events[-1]
    assert (event.action, event.subject) == ("offer-transfer", OFFICE_B)
    assert [(notice.kind, notice.audience) for notice in event.notices] == [
        (NoticeKind.OFFER, Audience.OFFERED_OFFICE)
    ]


def test_with_the_case_go_its_steps_its_clocks_and_its_requests(household: Household) -> None:
    clock = household.step("doctor").clock
    household.answer(YES)
    assert (household.state.office, household.state.case_manager) == (OFFICE_B, BEN.user_id)
    assert household.state.offer is None
    for key in ("register", "doctor"):
        assert household.step(key).responsible == OFFICE_B
    assert household.step("doctor").clock == clock
    assert household.step("school").status is StepStatus.WAITING

    household.deliver_all()
    referral = household.referral("register")
    assert referral.from_agency == OFFICE_B
    assert allowed_actions(referral, ANNA, household.now) == []
    assert Action.NUDGE in allowed_actions(referral, BEN, household.now)
    assert Action.ARRIVE in allowed_actions(referral, CLARA, household.now)


def test_what_the_agency_does_next_reaches_the_case_at_the_new_office(
    household: Household,
) -> None:
    household.answer(YES)
    household.act("register", Action.ARRIVE)
    assert household.step("register").status is StepStatus.IN_PROGRESS
    household.refer("doctor", actor=BEN)
    assert household.referral("doctor").from_agency == OFFICE_B


def test_a_request_that_does_not_know_yet_is_told_again(household: Household) -> None:
    before = ReferralMoved.of(household.referral("register"))
    household.answer(YES)
    message = late_new_sender(household.state, before)
    assert message
    assert message.office == OFFICE_B
    household.deliver_all()
    after = ReferralMoved.of(household.referral("register"))
    assert late_new_sender(household.state, after) is None


def test_whoever_offered_it_is_told_the_answer(household: Household) -> None:
    household.answer(NO)
    event = household.events[-1]
    assert [(notice.kind, notice.audience) for notice in event.notices] == [
        (NoticeKind.OFFER_DECLINED, Audience.OFFERER)
    ]
    assert (event.subject, household.state.office) == (ANNA.user_id, OFFICE_A)
    assert household.state.offer is None


def test_a_supervisor_accepts_for_a_case_manager_of_the_house(household: Household) -> None:
    nobody = YES.model_copy(update={"actor": BENS_SUPERVISOR})
    with pytest.raises(AssigneeMissing):
        answer_offer(household.state, nobody, "yes", household.now)
    household.answer(nobody.model_copy(update={"case_manager": BEN.user_id}))
    assert household.state.case_manager == BEN.user_id


def test_an_offer_that_nobody_answers_becomes_a_gap_of_the_other_office(
    household: Household,
) -> None:
    household.let_time_pass(household.now + timedelta(days=30))
    offer = household.state.offer
    assert offer
    assert offer.gap
    assert (offer.gap.kind, offer.gap.level) == (GapKind.UNANSWERED, GapLevel.EVERYONE)
    told = {
        (notice.kind, notice.audience)
        for event in household.events
        if event.step is None
        for notice in event.notices
    }
    assert told == {
        (NoticeKind.OFFER, Audience.OFFERED_OFFICE),
        (NoticeKind.REMINDER, Audience.OFFERED_OFFICE),
        (NoticeKind.OVERDUE, Audience.OFFERED_OFFICE),
        (NoticeKind.GAP, Audience.OFFERED_OFFICE),
        (NoticeKind.GAP, Audience.SENDERS_SUPERVISORS),
        (NoticeKind.ESCALATION, Audience.OFFERED_OFFICE),
        (NoticeKind.ESCALATION, Audience.SENDERS_SUPERVISORS),
        (NoticeKind.ESCALATION, Audience.COORDINATORS),
    }
    household.answer(NO)
    assert household.events[-1].gaps_closed == (offer.gap,)


def test_an_offer_can_be_taken_back_until_it_is_answered(household: Household) -> None:
    household.withdraw(WithdrawOffer(actor=STEFAN))
    assert household.state.offer is None
    with pytest.raises(IllegalMove):
        answer_offer(household.state, YES, "yes", household.now)
    with pytest.raises(IllegalMove):
        withdraw_offer(household.state, WithdrawOffer(actor=ANNA), "back", household.now)


def test_closing_the_case_ends_the_offer() -> None:
    household = Household(path(station("register")))
    household.offer(OFFER)
    household.close()
    assert household.state.offer is None
    assert next_moment(household.state) is None


@pytest.mark.parametrize("actor", [BEN, CLARA, Principal.system()])
def test_only_its_office_offers_a_case(actor: Principal) -> None:
    household = Household(path(station("register")))
    with pytest.raises(NotInvolved):
        check_offer(household.state, OFFER.model_copy(update={"actor": actor}))


@pytest.mark.parametrize("actor", [ANNA, STEFAN, CLARA])
def test_only_the_other_office_answers(household: Household, actor: Principal) -> None:
    with pytest.raises(NotInvolved):
        answer_offer(household.state, YES.model_copy(update={"actor": actor}), "yes", household.now)


def test_a_case_is_not_offered_to_its_own_office_nor_twice(household: Household) -> None:
    with pytest.raises(IllegalMove):
        check_offer(household.state, OFFER)
    fresh = Household(path(station("register")))
    with pytest.raises(AgencyUnfit):
        check_offer(fresh.state, OFFER.model_copy(update={"to_office": OFFICE_A}))
    fresh.close()
    with pytest.raises(IllegalMove):
        check_offer(fresh.state, OFFER)
