"""Within minutes an act can be taken back by who did it, visibly, and nothing is rewritten."""

from datetime import timedelta

import pytest

from tests.cast import ANNA, CLARA, KARIM
from tests.domain.referrals import HOUR, MONDAY, NOW, SECOND, carry_out, in_status, sent
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.errors import NothingToUndo, UndoTooLate
from workflows.domain.gaps import GapKind
from workflows.domain.referral_moments import next_moment, pass_moment
from workflows.domain.referral_rules import allowed_actions
from workflows.domain.statuses import BusinessStatus, Status
from workflows.domain.terms import Term, Terms
from workflows.domain.undoing import UNDO_WINDOW

SOON = NOW + timedelta(minutes=2)


@pytest.mark.parametrize(
    ("before", "action"),
    [
        (Status.REQUESTED, Action.RECEIVE),
        (Status.REQUESTED, Action.ACCEPT),
        (Status.REQUESTED, Action.REJECT),
        (Status.REQUESTED, Action.REDIRECT),
        (Status.REQUESTED, Action.ASK),
        (Status.ACCEPTED, Action.APPOINT),
        (Status.ACCEPTED, Action.NO_SHOW),
        (Status.ACCEPTED, Action.ARRIVE),
        (Status.ACCEPTED, Action.FAIL),
        (Status.IN_PROGRESS, Action.HOLD),
        (Status.IN_PROGRESS, Action.COMPLETE),
    ],
)
def test_what_was_taken_back_stands_where_it_stood(before: Status, action: Action) -> None:
    start = in_status(before)
    done, _ = carry_out(start, action, CLARA)
    state, event = carry_out(done, Action.UNDO, CLARA, SOON)
    assert (event.action, event.undoes, event.actor) == ("undo", action, CLARA)
    assert state.clock is not None
    assert start.clock is not None
    assert state.position.model_copy(update={"clock": None}) == start.position.model_copy(
        update={"clock": None}
    )
    assert (state.clock.party, state.clock.due_at) == (start.clock.party, start.clock.due_at)
    assert (state.undoable, state.closed_at) == (None, None)


def test_past_spans_stay_and_the_clock_before_runs_again_from_now() -> None:
    requested = sent()
    rejected, refusal = carry_out(requested, Action.REJECT, CLARA)
    state, event = carry_out(rejected, Action.UNDO, CLARA, SOON)
    assert refusal.ended is not None
    assert (refusal.ended.party, refusal.ended.until) == (Party.RECEIVER, NOW)
    assert event.ended is not None
    assert (event.ended.party, event.ended.since, event.ended.until) == (Party.SENDER, NOW, SOON)
    assert state.clock is not None
    assert (state.clock.party, state.clock.since, state.clock.seq) == (
        Party.RECEIVER,
        SOON,
        event.seq,
    )


def test_an_act_that_left_the_clock_alone_leaves_it_alone_when_taken_back() -> None:
    start = sent()
    received, _ = carry_out(start, Action.RECEIVE, CLARA)
    state, event = carry_out(received, Action.UNDO, CLARA, SOON)
    assert (state.clock, event.ended) == (start.clock, None)


def test_a_moved_deadline_is_moved_back_without_cutting_the_clock() -> None:
    start = sent()
    moved, event = carry_out(start, Action.MOVE_DEADLINE, ANNA)
    assert start.clock is not None
    assert event.due_before == start.clock.due_at
    state, undone = carry_out(moved, Action.UNDO, ANNA, SOON)
    assert state.clock == start.clock.model_copy(update={"seq": undone.seq})
    assert undone.ended is None


def test_a_request_that_is_taken_back_at_once_was_sent_in_error() -> None:
    state, event = carry_out(sent(), Action.UNDO, ANNA, MONDAY + SECOND)
    assert (state.status, state.closed_at) == (Status.ENTERED_IN_ERROR, event.at)
    assert event.undoes == "request"
    assert event.ended is not None
    assert allowed_actions(state, ANNA, event.at) == allowed_actions(state, CLARA, event.at) == []


def test_only_who_did_it_can_take_it_back() -> None:
    accepted, _ = carry_out(sent(), Action.ACCEPT, CLARA)
    for person in (KARIM, ANNA):
        with pytest.raises(NothingToUndo) as refusal:
            carry_out(accepted, Action.UNDO, person, SOON)
        assert refusal.value.params == {"action": "undo"}
        assert Action.UNDO not in allowed_actions(accepted, person, SOON)


def test_after_some_minutes_it_is_too_late() -> None:
    accepted, _ = carry_out(sent(), Action.ACCEPT, CLARA)
    assert Action.UNDO in allowed_actions(accepted, CLARA, NOW + UNDO_WINDOW - SECOND)
    with pytest.raises(UndoTooLate) as refusal:
        carry_out(accepted, Action.UNDO, CLARA, NOW + UNDO_WINDOW)
    assert refusal.value.params == {"action": "undo"}


def test_what_somebody_built_on_cannot_be_taken_back() -> None:
    accepted, _ = carry_out(sent(), Action.ACCEPT, CLARA)
    nudged, _ = carry_out(accepted, Action.NUDGE, ANNA)
    with pytest.raises(NothingToUndo):
        carry_out(nudged, Action.UNDO, CLARA, SOON)


def test_what_was_taken_back_cannot_be_taken_back_again() -> None:
    accepted, _ = carry_out(sent(), Action.ACCEPT, CLARA)
    undone, _ = carry_out(accepted, Action.UNDO, CLARA, SOON)
    with pytest.raises(NothingToUndo):
        carry_out(undone, Action.UNDO, CLARA, SOON)


@pytest.mark.parametrize(
    ("before", "action"), [(Status.REQUESTED, Action.CANCEL), (Status.COMPLETED, Action.CONFIRM)]
)
def test_what_ended_the_referral_cannot_be_taken_back(before: Status, action: Action) -> None:
    ended, _ = carry_out(in_status(before), action, ANNA)
    with pytest.raises(NothingToUndo):
        carry_out(ended, Action.UNDO, ANNA, SOON)


@pytest.mark.parametrize("action", [Action.NUDGE, Action.PROGRESS, Action.CLAIM])
def test_what_was_said_or_claimed_needs_no_undo(action: Action) -> None:
    actor = ANNA if action is Action.NUDGE else CLARA
    done, _ = carry_out(in_status(Status.IN_PROGRESS), action, actor)
    with pytest.raises(NothingToUndo):
        carry_out(done, Action.UNDO, actor, SOON)


def test_what_was_mailed_at_once_cannot_be_taken_back() -> None:
    hours = Terms(respond=Term(duration=4 * HOUR), refer=Term(duration=4 * HOUR))
    rejected, _ = carry_out(sent(terms=hours), Action.REJECT, CLARA)
    with pytest.raises(NothingToUndo):
        carry_out(rejected, Action.UNDO, CLARA, SOON)


def test_a_deadline_that_had_passed_passes_again_after_an_undo() -> None:
    overdue = pass_moment(sent(), MONDAY + timedelta(days=30))
    assert overdue is not None
    at = MONDAY + timedelta(days=30, minutes=1)
    accepted, event = carry_out(overdue[0], Action.ACCEPT, CLARA, at)
    assert [gap.kind for gap in event.gaps_closed] == [GapKind.UNANSWERED]
    undone, _ = carry_out(accepted, Action.UNDO, CLARA, at + SECOND)
    again = pass_moment(undone, at + 2 * SECOND)
    assert again is not None
    assert [gap.kind for gap in again[0].gaps] == [GapKind.UNANSWERED]


@pytest.mark.parametrize(("minutes", "then"), [(10, "remind"), (1, "overdue")])
def test_what_a_clock_has_recalled_meanwhile_cannot_be_taken_back(minutes: int, then: str) -> None:
    terms = Terms(
        arrive=Term(duration=timedelta(minutes=minutes)),
        remind_before=Term(duration=timedelta(minutes=9)),
    )
    accepted, _ = carry_out(sent(terms=terms), Action.ACCEPT, CLARA)
    assert accepted.undoable is not None
    outcome = pass_moment(accepted, NOW + timedelta(minutes=1))
    assert outcome is not None
    recalled, event = outcome
    assert event.action == then
    with pytest.raises(NothingToUndo):
        carry_out(recalled, Action.UNDO, CLARA, SOON)


def test_a_reminder_that_was_given_is_not_given_again_after_an_undo() -> None:
    start = sent()
    assert start.clock is not None
    reminder, deadline, *_ = (moment.at for moment in start.clock.moments)
    reminded = pass_moment(start, reminder)
    assert reminded is not None
    accepted, _ = carry_out(reminded[0], Action.ACCEPT, CLARA, reminder)
    undone, _ = carry_out(accepted, Action.UNDO, CLARA, reminder + SECOND)
    assert next_moment(undone) == deadline


def test_a_deadline_without_a_reminder_passes_again_after_an_undo() -> None:
    start = sent(terms=Terms(respond=Term(working_days=1)))
    assert start.clock is not None
    deadline = start.clock.due_at
    overdue = pass_moment(start, deadline)
    assert overdue is not None
    accepted, _ = carry_out(overdue[0], Action.ACCEPT, CLARA, deadline + SECOND)
    undone, _ = carry_out(accepted, Action.UNDO, CLARA, deadline + 2 * SECOND)
    assert next_moment(undone) == deadline


def test_a_moved_deadline_that_is_moved_back_had_passed_and_passes_again() -> None:
    at = MONDAY + timedelta(days=30)
    overdue = pass_moment(sent(), at)
    assert overdue is not None
    moved, event = carry_out(overdue[0], Action.MOVE_DEADLINE, ANNA, at)
    assert event.gaps_closed == overdue[0].gaps
    undone, _ = carry_out(moved, Action.UNDO, ANNA, at + SECOND)
    again = pass_moment(undone, at + 2 * SECOND)
    assert again is not None
    assert [gap.kind for gap in again[0].gaps] == [GapKind.UNANSWERED]


def test_a_dispute_that_is_taken_back_closes_its_gap() -> None:
    disputed, event = carry_out(in_status(Status.COMPLETED), Action.DISPUTE, ANNA)
    assert disputed.business_status is BusinessStatus.DISPUTED
    state, undone = carry_out(disputed, Action.UNDO, ANNA, SOON)
    assert undone.gaps_closed == event.gaps_opened
    assert (state.status, state.gaps) == (Status.COMPLETED, ())
