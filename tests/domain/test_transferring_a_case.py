"""A case goes to another office if that one accepts it; until then everything stays."""

from datetime import timedelta

import pytest

from tests.cast import ANNA, BEN, CLARA, OFFICE_A, OFFICE_B, STEFAN
from tests.domain.households import CASE, PATH, STATUTE, Household, path, station
from tests.domain.referrals import carry_out
from workflows.domain.actions import Action
from workflows.domain.case_acts import AnswerOffer, OfferCase, ReferralMoved, WithdrawOffer
from workflows.domain.case_moments import next_moment
from workflows.domain.case_transfer import (
    answer_offer,
    check_offer,
    late_new_sender,
    withdraw_offer,
)
from workflows.domain.clocks import Party
from workflows.domain.errors import (
    AgencyUnfit,
    AssigneeMissing,
    IllegalMove,
    NotInvolved,
    StaleView,
)
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.notices import Audience, Notice, NoticeKind
from workflows.domain.principal import Principal, Role
from workflows.domain.referral import change_sender
from workflows.domain.referral_rules import allowed_actions
from workflows.domain.statuses import Status, StepStatus

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
    assert (event.action, event.actor, event.subject) == ("offer-transfer", ANNA, OFFICE_B)
    clock_seq = household.state.offer.clock.seq
    assert event.notices == (
        Notice(kind=NoticeKind.OFFER, audience=Audience.OFFERED_OFFICE, clock_seq=clock_seq),
    )


def test_what_is_said_with_an_offer_and_its_answer_is_named_in_the_history() -> None:
    household = Household(path(station("register")))
    household.offer(OFFER.model_copy(update={"note_id": CASE}))
    assert household.state.offer
    assert household.state.offer.note_id == household.events[-1].note_id == CASE
    household.answer(NO.model_copy(update={"note_id": PATH}))
    event = household.events[-1]
    assert (event.action, event.actor, event.note_id) == ("decline-transfer", BEN, PATH)


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


def test_a_request_that_has_ended_stays_with_the_office_that_sent_it(household: Household) -> None:
    household.act("register", Action.ARRIVE, Action.COMPLETE, Action.CONFIRM)
    household.answer(YES)
    household.deliver_all()
    assert household.referral("register").from_agency == OFFICE_A


def test_who_looked_before_the_case_went_on_looks_again(household: Household) -> None:
    before = household.referral("register")
    household.answer(YES)
    [message] = household.senders
    outcome = change_sender(before, message, household.now)
    assert outcome
    referral, event = outcome
    assert (event.action, event.actor, event.status) == ("transfer", BEN, Status.ACCEPTED)
    assert referral.changed_seq == event.seq > before.changed_seq
    with pytest.raises(StaleView):
        carry_out(referral, Action.ARRIVE, CLARA, household.now, expected_seq=before.seq)
    assert change_sender(referral, message, household.now) is None


def test_what_was_done_for_the_office_before_cannot_be_taken_back(household: Household) -> None:
    before = household.referral("register")
    assert Action.UNDO in allowed_actions(before, CLARA, household.now)
    household.answer(YES)
    household.deliver_all()
    referral = household.referral("register")
    assert Action.UNDO not in allowed_actions(referral, CLARA, household.now)


@pytest.mark.parametrize(
    ("answer", "kind"), [(YES, NoticeKind.OFFER_ACCEPTED), (NO, NoticeKind.OFFER_DECLINED)]
)
def test_whoever_offered_it_is_told_the_answer(
    household: Household, answer: AnswerOffer, kind: NoticeKind
) -> None:
    household.answer(answer)
    event = household.events[-1]
    assert event.notices == (Notice(kind=kind, audience=Audience.OFFERER, clock_seq=None),)
    assert (event.action, event.subject) == (answer.action, ANNA.user_id)


def test_a_case_that_is_declined_stays_where_it_was(household: Household) -> None:
    household.answer(NO)
    assert (household.state.office, household.state.case_manager) == (OFFICE_A, ANNA.user_id)
    assert household.state.offer is None
    assert household.senders == []


def test_a_supervisor_accepts_for_a_case_manager_of_the_house(household: Household) -> None:
    nobody = YES.model_copy(update={"actor": BENS_SUPERVISOR})
    with pytest.raises(AssigneeMissing) as refusal:
        answer_offer(household.state, nobody, "yes", household.now)
    assert refusal.value.params == {"action": "accept-transfer"}
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


def test_the_gap_of_an_offer_opens_with_its_deadline_and_rises() -> None:
    household = Household(path(station("register")))
    household.waive("register")
    household.offer(OFFER)
    assert household.state.offer
    clock = household.state.offer.clock
    household.let_time_pass(household.now + timedelta(days=30))
    reminded, overdue, *risen = household.events[-4:]
    assert [event.action for event in household.events[-4:]] == [
        *("remind", "overdue", "escalate", "escalate")
    ]
    for event in household.events[-4:]:
        assert (event.subject, event.actor) == (OFFICE_B, Principal.system())
        assert {notice.clock_seq for notice in event.notices} == {clock.seq}
    assert (reminded.gaps_opened, reminded.gaps_raised) == ((), ())
    [gap] = overdue.gaps_opened
    assert (gap.party, gap.opened_at, gap.seq) == (Party.RECEIVER, clock.due_at, overdue.seq)
    assert (gap.level, overdue.gaps_raised) == (GapLevel.REMINDER, ())
    assert [(event.gaps_opened, event.gaps_raised) for event in risen] == [
        ((), (gap.risen_to(level),)) for level in (GapLevel.SUPERVISOR, GapLevel.EVERYONE)
    ]
    assert household.state.offer.gap == gap.risen_to(GapLevel.EVERYONE)


def test_an_offer_can_be_taken_back_until_it_is_answered(household: Household) -> None:
    household.withdraw(WithdrawOffer(actor=STEFAN))
    assert household.state.offer is None
    event = household.events[-1]
    assert (event.action, event.actor) == ("withdraw-transfer", STEFAN)
    with pytest.raises(IllegalMove) as refusal:
        answer_offer(household.state, YES, "yes", household.now)
    assert refusal.value.params == {"action": "accept-transfer", "status": "open"}
    with pytest.raises(IllegalMove) as refusal:
        withdraw_offer(household.state, WithdrawOffer(actor=ANNA), "back", household.now)
    assert refusal.value.params == {"action": "withdraw-transfer", "status": "open"}


@pytest.mark.parametrize("actor", [BEN, CLARA, Principal.system()])
def test_only_its_office_takes_an_offer_back(household: Household, actor: Principal) -> None:
    with pytest.raises(NotInvolved) as refusal:
        withdraw_offer(household.state, WithdrawOffer(actor=actor), "back", household.now)
    assert refusal.value.params == {"action": "withdraw-transfer"}


def test_closing_the_case_ends_the_offer() -> None:
    household = Household(path(station("register")))
    household.offer(OFFER)
    household.close()
    assert household.state.offer is None
    assert next_moment(household.state) is None


@pytest.mark.parametrize("actor", [BEN, CLARA, Principal.system()])
def test_only_its_office_offers_a_case(actor: Principal) -> None:
    household = Household(path(station("register")))
    with pytest.raises(NotInvolved) as refusal:
        check_offer(household.state, OFFER.model_copy(update={"actor": actor}))
    assert refusal.value.params == {"action": "offer-transfer"}


@pytest.mark.parametrize("answer", [YES, NO])
@pytest.mark.parametrize("actor", [ANNA, STEFAN, CLARA])
def test_only_the_other_office_answers(
    household: Household, actor: Principal, answer: AnswerOffer
) -> None:
    theirs = answer.model_copy(update={"actor": actor})
    with pytest.raises(NotInvolved) as refusal:
        answer_offer(household.state, theirs, "answer", household.now)
    assert refusal.value.params == {"action": answer.action}


def test_a_case_is_not_offered_to_its_own_office_nor_twice(household: Household) -> None:
    with pytest.raises(IllegalMove) as refusal:
        check_offer(household.state, OFFER)
    assert refusal.value.params == {"action": "offer-transfer", "status": "open"}
    fresh = Household(path(station("register")))
    with pytest.raises(AgencyUnfit) as unfit:
        check_offer(fresh.state, OFFER.model_copy(update={"to_office": OFFICE_A}))
    assert unfit.value.params == {"agency": str(OFFICE_A), "step": ""}
    fresh.close()
    with pytest.raises(IllegalMove) as refusal:
        check_offer(fresh.state, OFFER)
    assert refusal.value.params == {"action": "offer-transfer", "status": "closed"}
