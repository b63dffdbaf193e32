"""The second bounce opens a case conference; it ends with an agency or with the next legal step."""

from datetime import timedelta

import pytest

from tests.cast import ANNA, CLARA, OFFICE_A, OFFICE_B, OTHER_AGENCY, RECEIVER, STEFAN
from tests.domain.referrals import MONDAY, NOW, SECOND, after, carry_out, ending, sent
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.conferences import Conference, LegalStep
from workflows.domain.errors import (
    CompetentAgencyMissing,
    ConferenceResultMissing,
    IllegalMove,
    NoteMissing,
    NotInvolved,
)
from workflows.domain.notices import Audience, Delivery, NoticeKind
from workflows.domain.referral import settle
from workflows.domain.referral_rules import allowed_actions
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import Status
from workflows.domain.terms import Term, Terms

LATER = NOW + timedelta(days=2)


@pytest.fixture
def bounced() -> ReferralState:
    """A request that the second agency has sent back as well."""
    return after(sent(bounced=(OTHER_AGENCY,)), Action.REDIRECT)


def test_the_first_bounce_opens_none() -> None:
    assert after(sent(), Action.REDIRECT).conference is None


def test_the_second_bounce_opens_one_while_the_sender_has_the_clock(
    bounced: ReferralState,
) -> None:
    assert bounced.conference == Conference(opened_at=NOW)
    assert bounced.open_conference == bounced.conference
    assert bounced.bounced == (OTHER_AGENCY, RECEIVER)
    assert bounced.clock is not None
    assert bounced.clock.party is Party.SENDER


def test_supervisors_of_the_whole_chain_are_told_of_its_beginning_and_its_end() -> None:
    state, event = carry_out(sent(bounced=(OTHER_AGENCY,)), Action.REDIRECT, CLARA)
    assert state.clock is not None
    assert {notice.clock_seq for notice in event.notices} == {state.clock.seq}
    assert [(notice.kind, notice.audience, notice.delivery) for notice in event.notices] == [
        (NoticeKind.REJECTED, Audience.SENDER, Delivery.DIGEST),
        (NoticeKind.CONFERENCE, Audience.CONFERENCE, Delivery.ALONE),
    ]
    _, event = carry_out(state, Action.CONFER, ANNA, LATER)
    assert [(notice.kind, notice.audience) for notice in event.notices] == [
        (NoticeKind.CONFERENCE_ENDED, Audience.CONFERENCE)
    ]


def test_where_hours_count_they_are_told_at_once() -> None:
    terms = Terms(refer=Term(duration=timedelta(hours=4)))
    _, event = carry_out(sent(bounced=(OTHER_AGENCY,), terms=terms), Action.REDIRECT, CLARA)
    assert [notice.delivery for notice in event.notices] == [Delivery.AT_ONCE, Delivery.AT_ONCE]


def test_an_agreement_names_the_agency_that_is_asked_next(bounced: ReferralState) -> None:
    state, event = carry_out(bounced, Action.CONFER, ANNA, LATER, agency=OFFICE_B)
    assert state.conference is not None
    assert (state.conference.agreed, state.conference.next_step) == (OFFICE_B, None)
    assert (state.conference.closed_at, state.competent_agency) == (LATER, OFFICE_B)
    assert (state.status, state.clock, event.ended) == (Status.REJECTED, bounced.clock, None)


def test_without_an_agreement_the_next_legal_step_is_recorded(bounced: ReferralState) -> None:
    state, _ = carry_out(
        bounced, Action.CONFER, STEFAN, LATER, agency=None, next_step=LegalStep.ADVANCE_BENEFITS
    )
    assert state.conference is not None
    assert state.conference.next_step is LegalStep.ADVANCE_BENEFITS
    assert state.competent_agency == bounced.competent_agency
    assert state.open_conference is None


@pytest.mark.parametrize(
    "result",
    [
        {"agency": None, "next_step": None},
        {"agency": RECEIVER, "next_step": LegalStep.OBJECTION},
    ],
)
def test_it_ends_with_one_of_both(bounced: ReferralState, result: dict[str, object]) -> None:
    with pytest.raises(ConferenceResultMissing):
        carry_out(bounced, Action.CONFER, ANNA, LATER, **result)


def test_the_office_cannot_agree_on_itself(bounced: ReferralState) -> None:
    with pytest.raises(CompetentAgencyMissing):
        carry_out(bounced, Action.CONFER, ANNA, LATER, agency=OFFICE_A)


def test_what_was_said_is_written_down(bounced: ReferralState) -> None:
    with pytest.raises(NoteMissing):
        carry_out(bounced, Action.CONFER, ANNA, LATER, note_id=None)


def test_the_office_records_it_and_nobody_else(bounced: ReferralState) -> None:
    with pytest.raises(NotInvolved):
        carry_out(bounced, Action.CONFER, CLARA, LATER)


def test_it_ends_once(bounced: ReferralState) -> None:
    state = after(bounced, Action.CONFER, at=LATER)
    assert Action.CONFER not in allowed_actions(state, ANNA, LATER)
    with pytest.raises(IllegalMove):
        carry_out(state, Action.CONFER, ANNA, LATER)


def test_a_bounce_that_is_taken_back_opens_none(bounced: ReferralState) -> None:
    state = carry_out(bounced, Action.UNDO, CLARA, NOW + SECOND)[0]
    assert (state.conference, state.status) == (None, Status.REQUESTED)


def test_a_result_that_is_taken_back_leaves_it_open(bounced: ReferralState) -> None:
    ended = after(bounced, Action.CONFER, at=LATER)
    assert carry_out(ended, Action.UNDO, ANNA, LATER + SECOND)[0].conference == bounced.conference


def test_one_that_the_office_does_not_wait_for_ends_without_a_result(
    bounced: ReferralState,
) -> None:
    outcome = settle(bounced, ending(bounced, "refer-again"), LATER)
    assert outcome is not None
    [conference] = [outcome[0].conference]
    assert conference is not None
    assert (conference.closed_at, conference.agreed, conference.next_step) == (LATER, None, None)


def test_a_conference_that_has_ended_stays_as_it_ended(bounced: ReferralState) -> None:
    ended = after(bounced, Action.CONFER, at=LATER)
    outcome = settle(ended, ending(ended, "refer-again"), LATER + SECOND)
    assert outcome is not None
    assert outcome[0].conference == ended.conference


def test_a_refusal_for_another_reason_opens_none() -> None:
    assert after(sent(bounced=(OTHER_AGENCY,)), Action.REJECT, at=MONDAY).conference is None
