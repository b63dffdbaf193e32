"""What a running clock does by itself: it reminds the party on turn, then it opens a gap."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import ANNA, CLARA
from tests.domain.referrals import (
    HOUR,
    MONDAY,
    SECOND,
    carry_out,
    draft,
    in_status,
    send,
    sent,
    settled,
)
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.notices import Audience, Delivery, NoticeKind
from workflows.domain.principal import Principal
from workflows.domain.referral_moments import next_moment, pass_moment
from workflows.domain.referral_record import Outcome
from workflows.domain.referral_state import ReferralEvent, ReferralState
from workflows.domain.statuses import Status
from workflows.domain.terms import Term, Terms

REMIND_AT = datetime(2027, 3, 5, 5, 0, tzinfo=UTC)
DUE_AT = datetime(2027, 3, 8, 22, 59, 59, tzinfo=UTC)
SUPERVISOR_AT = datetime(2027, 3, 10, 5, 0, tzinfo=UTC)
EVERYONE_AT = datetime(2027, 3, 15, 5, 0, tzinfo=UTC)
MUCH_LATER = MONDAY + timedelta(days=100)

OVERDUE = [
    (Status.REQUESTED, GapKind.UNANSWERED, Party.RECEIVER),
    (Status.RECEIVED, GapKind.UNANSWERED, Party.RECEIVER),
    (Status.ACCEPTED, GapKind.NOT_ARRIVED, Party.RECEIVER),
    (Status.IN_PROGRESS, GapKind.NO_PROGRESS, Party.RECEIVER),
    (Status.REJECTED, GapKind.REJECTED, Party.SENDER),
    (Status.FAILED, GapKind.REJECTED, Party.SENDER),
]


def at_moment(state: ReferralState, at: datetime) -> Outcome:
    outcome = pass_moment(state, at)
    assert outcome is not None
    return outcome


def audiences(event: ReferralEvent) -> list[tuple[NoticeKind, Audience]]:
    return [(notice.kind, notice.audience) for notice in event.notices]


def test_a_deadline_is_recalled_four_times_and_then_no_more() -> None:
    state, events = sent(), []
    for at in (REMIND_AT, DUE_AT, SUPERVISOR_AT, EVERYONE_AT):
        assert next_moment(state) == at
        state, event = at_moment(state, at)
        events.append(event)
    assert next_moment(state) is None
    assert pass_moment(state, MUCH_LATER) is None
    assert [event.action for event in events] == ["remind", "overdue", "escalate", "escalate"]
    assert [event.cause for event in events] == [
        "reminder:1",
        "overdue:1",
        "supervisor:1",
        "everyone:1",
    ]
    assert {event.actor for event in events} == {Principal.system()}


def test_the_gap_opens_with_the_deadline_and_rises_to_those_who_can_help() -> None:
    state, opened = at_moment(sent(), DUE_AT)
    [gap] = state.gaps
    assert (opened.gaps_opened, gap.level) == ((gap,), GapLevel.REMINDER)
    for at, level in (
        (SUPERVISOR_AT, GapLevel.SUPERVISOR),
        (EVERYONE_AT, GapLevel.EVERYONE),
    ):
        state, raised = at_moment(state, at)
        assert state.gaps == raised.gaps_raised == (gap.model_copy(update={"level": level}),)
        assert raised.gaps_opened == ()


def test_each_moment_tells_the_next_higher_ones() -> None:
    state, told = sent(), []
    for at in (REMIND_AT, DUE_AT, SUPERVISOR_AT, EVERYONE_AT):
        state, event = at_moment(state, at)
        told.append(audiences(event))
    assert told == [
        [(NoticeKind.REMINDER, Audience.RECEIVER)],
        [(NoticeKind.OVERDUE, Audience.RECEIVER)],
        [(NoticeKind.GAP, Audience.RECEIVERS_SUPERVISORS)],
        [
            (NoticeKind.ESCALATION, Audience.SENDERS_SUPERVISORS),
            (NoticeKind.ESCALATION, Audience.COORDINATORS),
            (NoticeKind.ESCALATION, Audience.RECEIVERS_SUPERVISORS),
        ],
    ]


def test_nothing_happens_a_second_too_early() -> None:
    state = sent()
    assert pass_moment(state, REMIND_AT - SECOND) is None
    reminded, _ = at_moment(state, REMIND_AT)
    assert pass_moment(reminded, DUE_AT - SECOND) is None


def test_a_reminder_changes_neither_clock_nor_status_and_opens_no_gap() -> None:
    before = sent()
    state, event = at_moment(before, REMIND_AT)
    assert before.clock is not None
    assert state.clock == before.clock.model_copy(update={"passed": 1})
    assert (state.status, state.gaps, event.gaps_opened) == (Status.REQUESTED, (), ())


def test_without_a_reminder_the_deadline_is_the_next_moment() -> None:
    terms = Terms(respond=Term(working_days=1))
    state, _ = send(draft(terms=terms))
    assert next_moment(state) == datetime(2027, 3, 2, 22, 59, 59, tzinfo=UTC)


def test_after_a_long_downtime_what_was_missed_is_made_up_for_in_one() -> None:
    state, event = at_moment(sent(), MUCH_LATER)
    assert event.action == "overdue"
    assert NoticeKind.REMINDER not in {kind for kind, _ in audiences(event)}
    assert [gap.level for gap in state.gaps] == [GapLevel.EVERYONE]
    assert next_moment(state) is None


def test_a_reminder_goes_to_the_receiver_and_to_nobody_else() -> None:
    _, event = at_moment(sent(), REMIND_AT)
    assert audiences(event) == [(NoticeKind.REMINDER, Audience.RECEIVER)]


def test_for_an_agency_that_is_not_on_board_the_sender_is_reminded_to_ring() -> None:
    _, event = at_moment(sent(on_board=False), REMIND_AT)
    assert audiences(event) == [(NoticeKind.REMINDER, Audience.SENDER)]


def test_an_agency_that_is_not_on_board_has_no_supervisors_to_tell() -> None:
    state, told = sent(on_board=False), []
    for at in (REMIND_AT, DUE_AT, SUPERVISOR_AT, EVERYONE_AT):
        state, event = at_moment(state, at)
        told.append(audiences(event))
    assert told == [
        [(NoticeKind.REMINDER, Audience.SENDER)],
        [(NoticeKind.OVERDUE, Audience.SENDER)],
        [(NoticeKind.GAP, Audience.SENDERS_SUPERVISORS)],
        [
            (NoticeKind.ESCALATION, Audience.SENDERS_SUPERVISORS),
            (NoticeKind.ESCALATION, Audience.COORDINATORS),
        ],
    ]


@pytest.mark.parametrize("status", [Status.REJECTED, Status.FAILED])
@pytest.mark.parametrize("on_board", [True, False])
def test_what_came_back_reminds_the_sender(status: Status, on_board: bool) -> None:
    state = in_status(status, on_board=on_board)
    moment = next_moment(state)
    assert moment is not None
    _, event = at_moment(state, moment)
    assert audiences(event) == [(NoticeKind.REMINDER, Audience.SENDER)]


@pytest.mark.parametrize(("status", "kind", "party"), OVERDUE)
def test_a_passed_deadline_opens_the_gap_of_its_status(
    status: Status, kind: GapKind, party: Party
) -> None:
    waiting = in_status(status)
    assert waiting.clock is not None
    state, event = at_moment(waiting, waiting.clock.due_at)
    [gap] = state.gaps
    assert event.gaps_opened == (gap,)
    assert (gap.kind, gap.party, gap.level) == (kind, party, GapLevel.REMINDER)
    assert (gap.opened_at, gap.seq) == (waiting.clock.due_at, event.seq)


@pytest.mark.parametrize(("status", "kind", "party"), OVERDUE)
def test_a_passed_deadline_tells_the_party_on_turn_alone(
    status: Status, kind: GapKind, party: Party
) -> None:
    state = in_status(status)
    assert state.clock is not None
    _, event = at_moment(state, state.clock.due_at)
    assert audiences(event) == [(NoticeKind.OVERDUE, Audience(party))], kind
    assert {notice.clock_seq for notice in event.notices} == {state.clock.seq}


def test_where_hours_count_the_supervisor_hears_of_the_gap_at_once() -> None:
    state = sent(terms=Terms(respond=Term(duration=4 * HOUR)))
    assert state.clock is not None
    overdue, event = at_moment(state, state.clock.due_at)
    assert [gap.level for gap in overdue.gaps] == [GapLevel.SUPERVISOR]
    assert audiences(event) == [
        (NoticeKind.OVERDUE, Audience.RECEIVER),
        (NoticeKind.GAP, Audience.RECEIVERS_SUPERVISORS),
    ]
    assert {notice.delivery for notice in event.notices} == {Delivery.AT_ONCE}


def test_an_appointment_that_nobody_makes_is_a_gap_of_its_own() -> None:
    state = in_status(Status.ACCEPTED, terms=Terms(appoint=Term(working_days=3)))
    overdue, _ = at_moment(state, MUCH_LATER)
    assert [gap.kind for gap in overdue.gaps] == [GapKind.NO_APPOINTMENT]


def test_a_question_that_nobody_answers_is_the_senders_gap() -> None:
    asked, _ = carry_out(sent(), Action.ASK, CLARA)
    overdue, event = at_moment(asked, MUCH_LATER)
    assert [(gap.kind, gap.party) for gap in overdue.gaps] == [
        (GapKind.QUESTION_OPEN, Party.SENDER)
    ]
    assert Audience.RECEIVER not in {audience for _, audience in audiences(event)}


@pytest.mark.parametrize(
    ("party", "speaker"), [(Party.CLIENT, Audience.SENDER), (Party.THIRD_PARTY, Audience.RECEIVER)]
)
def test_for_who_has_no_queue_those_are_reminded_who_can_ask(
    party: Party, speaker: Audience
) -> None:
    held, _ = carry_out(in_status(Status.IN_PROGRESS), Action.HOLD, CLARA, party=party)
    moment = next_moment(held)
    assert moment is not None
    _, event = at_moment(held, moment)
    assert audiences(event) == [(NoticeKind.REMINDER, speaker)]


def test_the_clock_runs_on_after_its_deadline() -> None:
    before = sent()
    state, event = at_moment(before, MUCH_LATER)
    assert before.clock is not None
    assert state.clock == before.clock.model_copy(update={"passed": 4})
    assert event.ended is None


def test_overdue_work_can_still_be_done_and_that_closes_the_gap() -> None:
    overdue, _ = at_moment(sent(), MUCH_LATER)
    accepted, event = carry_out(overdue, Action.ACCEPT, CLARA, MUCH_LATER + HOUR)
    assert event.gaps_closed == overdue.gaps
    assert accepted.gaps == ()
    assert next_moment(accepted) is not None


def test_a_nudge_leaves_the_gap_open() -> None:
    overdue, _ = at_moment(sent(), MUCH_LATER)
    nudged, event = carry_out(overdue, Action.NUDGE, ANNA, MUCH_LATER + HOUR)
    assert nudged.gaps == overdue.gaps
    assert event.gaps_closed == ()


@pytest.mark.parametrize("status", [Status.ENTERED_IN_ERROR, Status.CANCELLED])
def test_a_reminder_never_comes_for_closed_work(status: Status) -> None:
    state = in_status(status)
    assert next_moment(state) is None
    assert pass_moment(state, MUCH_LATER) is None


def test_settling_closes_the_gap_of_what_came_back() -> None:
    overdue, _ = at_moment(in_status(Status.REJECTED), MUCH_LATER)
    state, event = settled(overdue, MUCH_LATER + HOUR)
    assert event.gaps_closed == overdue.gaps
    assert (state.gaps, next_moment(state)) == ((), None)
