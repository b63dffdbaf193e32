"""A referral on hold waits for somebody else, until a day, and then goes on where it was."""

from datetime import date, timedelta

import pytest

from tests.cast import ANNA, CLARA
from tests.domain.calendar import utc
from tests.domain.referrals import MONDAY, NOW, carry_out, in_status, sent
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.errors import (
    DayUnfit,
    IllegalMove,
    NoteMissing,
    PartyMissing,
    ReasonMissing,
)
from workflows.domain.gaps import GapKind
from workflows.domain.reasons import Reason
from workflows.domain.referral_moments import pass_moment
from workflows.domain.statuses import BusinessStatus, Status, StepStatus
from workflows.domain.terms import Term, Terms

THREE_DAYS_LATER = MONDAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("party", "meaning"),
    [
        (Party.SENDER, BusinessStatus.QUESTION),
        (Party.CLIENT, BusinessStatus.WAITING_CLIENT),
        (Party.THIRD_PARTY, BusinessStatus.WAITING_THIRD_PARTY),
    ],
)
def test_the_clock_of_a_hold_is_its_partys_until_the_end_of_its_last_day(
    party: Party, meaning: BusinessStatus
) -> None:
    state, event = carry_out(
        in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, party=party, until=date(2027, 3, 12)
    )
    assert (state.status, state.business_status) == (Status.ON_HOLD, meaning)
    assert state.clock is not None
    assert (state.clock.party, state.clock.since) == (party, NOW)
    assert state.clock.due_at == utc("2027-03-12 22:59:59")
    assert event.ended is not None
    assert event.ended.party is Party.RECEIVER


def test_a_question_is_a_hold_on_the_sender_for_the_time_agreed_for_an_answer() -> None:
    state, _ = carry_out(sent(terms=Terms(answer=Term(working_days=2))), Action.ASK, CLARA)
    assert (state.status, state.standing) == (Status.ON_HOLD, Status.REQUESTED)
    assert state.business_status is BusinessStatus.QUESTION
    assert state.clock is not None
    assert state.clock.party is Party.SENDER
    assert state.clock.due_at == utc("2027-03-03 22:59:59")


def test_the_answer_gives_the_receiver_the_working_days_that_it_had_left() -> None:
    asked, _ = carry_out(sent(), Action.ASK, CLARA)
    answered, event = carry_out(asked, Action.ANSWER, ANNA, THREE_DAYS_LATER)
    assert (answered.status, answered.business_status, answered.hold) == (
        Status.REQUESTED,
        None,
        None,
    )
    assert answered.clock is not None
    assert (answered.clock.party, answered.clock.since) == (Party.RECEIVER, THREE_DAYS_LATER)
    assert answered.clock.due_at == utc("2027-03-11 22:59:59"), "five working days, as before"
    assert event.ended is not None
    assert event.ended.party is Party.SENDER


@pytest.mark.parametrize("actor", [ANNA, CLARA])
def test_either_side_resumes_what_waited_for_the_client(actor: object) -> None:
    held, _ = carry_out(in_status(Status.ACCEPTED), Action.HOLD, CLARA)
    assert held.step_status is StepStatus.REFERRED
    state, _ = carry_out(held, Action.RESUME, actor, THREE_DAYS_LATER)  # type: ignore[arg-type]
    assert (state.status, state.hold) == (Status.ACCEPTED, None)


def test_a_question_is_answered_by_the_sender_and_withdrawn_by_the_receiver() -> None:
    asked, _ = carry_out(sent(), Action.ASK, CLARA)
    with pytest.raises(IllegalMove):
        carry_out(asked, Action.RESUME, ANNA)
    assert carry_out(asked, Action.RESUME, CLARA)[0].status is Status.REQUESTED


def test_what_was_appointed_is_still_appointed_after_a_question() -> None:
    appointed, _ = carry_out(in_status(Status.ACCEPTED), Action.APPOINT, CLARA)
    asked, _ = carry_out(appointed, Action.ASK, CLARA)
    state, _ = carry_out(asked, Action.ANSWER, ANNA)
    assert state.business_status is BusinessStatus.APPOINTMENT
    assert state.appointment == appointed.appointment


def test_the_request_can_be_taken_back_and_refused_while_its_question_is_open() -> None:
    asked, _ = carry_out(sent(), Action.ASK, CLARA)
    assert carry_out(asked, Action.CANCEL, ANNA)[0].status is Status.CANCELLED
    refused, _ = carry_out(asked, Action.REJECT, CLARA)
    assert (refused.status, refused.hold) == (Status.REJECTED, None)


def test_what_was_accepted_cannot_be_rejected_by_way_of_a_question() -> None:
    asked, _ = carry_out(in_status(Status.ACCEPTED), Action.ASK, CLARA)
    with pytest.raises(IllegalMove):
        carry_out(asked, Action.REJECT, CLARA)


def test_work_on_hold_in_progress_cannot_be_cancelled() -> None:
    held, _ = carry_out(in_status(Status.IN_PROGRESS), Action.HOLD, CLARA)
    assert held.step_status is StepStatus.IN_PROGRESS
    with pytest.raises(IllegalMove):
        carry_out(held, Action.CANCEL, ANNA)


@pytest.mark.parametrize("action", [Action.ASK, Action.PROGRESS])
def test_what_is_said_has_to_be_written_down(action: Action) -> None:
    with pytest.raises(NoteMissing):
        carry_out(in_status(Status.IN_PROGRESS), action, CLARA, note_id=None)


def test_an_answer_has_to_be_written_down() -> None:
    asked, _ = carry_out(sent(), Action.ASK, CLARA)
    with pytest.raises(NoteMissing):
        carry_out(asked, Action.ANSWER, ANNA, note_id=None)


def test_a_hold_for_the_sender_is_a_question_and_has_to_be_written_down() -> None:
    with pytest.raises(NoteMissing):
        carry_out(
            in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, party=Party.SENDER, note_id=None
        )


@pytest.mark.parametrize("party", [None, Party.RECEIVER])
def test_a_hold_waits_for_somebody_else(party: Party | None) -> None:
    with pytest.raises(PartyMissing):
        carry_out(in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, party=party)


@pytest.mark.parametrize("reason", [None, Reason.NO_CAPACITY])
def test_a_hold_has_a_reason(reason: Reason | None) -> None:
    with pytest.raises(ReasonMissing):
        carry_out(in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, reason=reason)


@pytest.mark.parametrize(
    "until", [None, date(2027, 2, 28), date(2027, 3, 1), date(2027, 6, 2), date(9999, 12, 31)]
)
def test_a_hold_ends_on_a_day_to_come_and_within_three_months(until: date | None) -> None:
    with pytest.raises(DayUnfit):
        carry_out(in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, until=until)


@pytest.mark.parametrize("until", [date(2027, 3, 2), date(2027, 6, 1)])
def test_a_hold_may_end_tomorrow_or_in_three_months(until: date) -> None:
    state, _ = carry_out(in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, until=until)
    assert state.status is Status.ON_HOLD


def test_a_hold_that_runs_out_is_a_gap_and_stays_on_hold() -> None:
    held, _ = carry_out(
        in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, reason=Reason.DECISION_PENDING
    )
    outcome = pass_moment(held, MONDAY + timedelta(days=60))
    assert outcome is not None
    state, _ = outcome
    assert state.status is Status.ON_HOLD
    [gap] = state.gaps
    assert (gap.kind, gap.party, gap.cause) == (
        GapKind.NO_PROGRESS,
        Party.CLIENT,
        Reason.DECISION_PENDING,
    )
