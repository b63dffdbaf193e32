"""Where each act leads, and whose clock runs then until when."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import ANNA, CLARA
from tests.domain.referrals import (
    BY_TELEPHONE,
    HOUR,
    MONDAY,
    carry_out,
    in_status,
    sent,
    well_formed,
)
from workflows.domain.actions import Action
from workflows.domain.acts import ReferralAct
from workflows.domain.clock_rules import deadline_request
from workflows.domain.clocks import Party, Span
from workflows.domain.deadlines import DeadlineRequest
from workflows.domain.errors import IllegalMove
from workflows.domain.principal import Principal
from workflows.domain.referral import apply
from workflows.domain.statuses import Status
from workflows.domain.terms import ReminderPlan, Term, Terms

TERMS = Terms(
    refer=Term(working_days=2),
    respond=Term(working_days=3),
    arrive=Term(working_days=4),
    effect=Term(working_days=6),
)


@pytest.mark.parametrize(
    ("before", "action", "then", "party", "days"),
    [
        (Status.REQUESTED, Action.ACCEPT, Status.ACCEPTED, Party.RECEIVER, 4),
        (Status.RECEIVED, Action.ACCEPT, Status.ACCEPTED, Party.RECEIVER, 4),
        (Status.REQUESTED, Action.REJECT, Status.REJECTED, Party.SENDER, 2),
        (Status.RECEIVED, Action.REJECT, Status.REJECTED, Party.SENDER, 2),
        (Status.ACCEPTED, Action.ARRIVE, Status.IN_PROGRESS, Party.RECEIVER, 6),
        (Status.ACCEPTED, Action.FAIL, Status.FAILED, Party.SENDER, 2),
        (Status.IN_PROGRESS, Action.FAIL, Status.FAILED, Party.SENDER, 2),
    ],
)
def test_an_answer_starts_the_next_partys_clock(
    before: Status, action: Action, then: Status, party: Party, days: int
) -> None:
    at = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
    state, event = carry_out(in_status(before, terms=TERMS), action, CLARA, at)
    end = {2: 4, 4: 8, 6: 10}[days]
    assert (state.status, event.status) == (then, then)
    assert state.clock is not None
    assert (state.clock.party, state.clock.since, state.clock.seq) == (party, at, event.seq)
    assert state.clock.due_at == datetime(2027, 3, end, 22, 59, 59, tzinfo=UTC)
    assert state.clock.passed == 0
    assert state.closed_at is None


@pytest.mark.parametrize(
    ("before", "action", "then"),
    [
        (Status.REQUESTED, Action.CANCEL, Status.CANCELLED),
        (Status.RECEIVED, Action.CANCEL, Status.CANCELLED),
        (Status.ACCEPTED, Action.CANCEL, Status.CANCELLED),
    ],
)
def test_what_ends_a_referral_stops_every_clock(
    before: Status, action: Action, then: Status
) -> None:
    actor = ANNA if action is Action.CANCEL else CLARA
    running = in_status(before)
    at = MONDAY + 5 * HOUR
    state, event = carry_out(running, action, actor, at)
    assert running.clock is not None
    assert (state.status, state.clock, state.closed_at) == (then, None, at)
    assert event.ended == Span(
        party=Party.RECEIVER, status=before, since=running.clock.since, until=at
    )
    assert deadline_request(running, well_formed(action, actor), at) is None


@pytest.mark.parametrize(
    "action", [Action.RECEIVE, Action.CLAIM, Action.NUDGE], ids=["receive", "claim", "nudge"]
)
def test_what_is_no_answer_leaves_the_clock_running(action: Action) -> None:
    before = sent()
    actor = ANNA if action is Action.NUDGE else CLARA
    state, event = carry_out(before, action, actor)
    assert state.clock == before.clock
    assert event.ended is None


def test_opening_a_request_says_that_it_was_seen() -> None:
    state, _ = carry_out(sent(), Action.RECEIVE, CLARA)
    assert state.status is Status.RECEIVED


def test_progress_leaves_status_and_clock_as_they_are() -> None:
    before = in_status(Status.IN_PROGRESS)
    state, event = carry_out(before, Action.PROGRESS, CLARA, MONDAY + 9 * HOUR)
    assert (state.status, state.clock) == (before.status, before.clock)
    assert event.action == "progress"


def test_the_event_tells_who_did_what_when_and_why() -> None:
    note_id = sent().case_id
    at = MONDAY + timedelta(minutes=5)
    _, event = carry_out(
        sent(), Action.REJECT, CLARA, at, reason="duplicate", note_id=note_id, source=None
    )
    assert (event.actor, event.action, event.at) == (CLARA, "reject", at)
    assert (event.reason, event.note_id, event.source) == ("duplicate", note_id, None)


@pytest.mark.parametrize(("action", "said"), [(Action.CANCEL, "duplicate"), (Action.NUDGE, None)])
def test_a_reason_is_kept_where_there_is_something_to_give_a_reason_for(
    action: Action, said: str | None
) -> None:
    _, event = carry_out(sent(), action, ANNA, reason="duplicate")
    assert event.reason == said


def test_who_answers_for_the_own_house_has_no_source_to_name() -> None:
    _, event = carry_out(sent(), Action.ACCEPT, CLARA, source=BY_TELEPHONE)
    assert (event.source, event.due_before, event.undoes) == (None, None, None)


def test_the_receivers_clock_runs_by_the_receivers_calendar() -> None:
    request = deadline_request(sent(terms=TERMS), well_formed(Action.ACCEPT, CLARA), MONDAY)
    assert request == DeadlineRequest(
        agency=sent().to_agency, start=MONDAY, length=TERMS.arrive, plan=ReminderPlan()
    )


def test_the_senders_clock_runs_by_the_senders_calendar() -> None:
    request = deadline_request(sent(terms=TERMS), well_formed(Action.REJECT, CLARA), MONDAY)
    assert request is not None
    assert (request.agency, request.length) == (sent().from_agency, TERMS.refer)


@pytest.mark.parametrize(
    ("action", "actor"), [(Action.RESUME, CLARA), (Action.ANSWER, ANNA), (Action.HOLD, CLARA)]
)
def test_an_act_that_lacks_what_its_clock_needs_asks_no_calendar(
    action: Action, actor: Principal
) -> None:
    act = well_formed(action, actor, until=None)
    assert deadline_request(in_status(Status.ACCEPTED), act, MONDAY) is None


def test_what_has_ended_has_no_clock_that_could_be_moved() -> None:
    act = well_formed(Action.MOVE_DEADLINE, ANNA)
    with pytest.raises(IllegalMove) as refusal:
        deadline_request(in_status(Status.CANCELLED), act, MONDAY)
    assert refusal.value.params == {"action": "clock", "status": "cancelled"}


def test_acting_changes_nothing_in_the_state_before() -> None:
    before = sent()
    copy = before.model_copy(deep=True)
    apply(before, ReferralAct(action=Action.RECEIVE, actor=CLARA), "x", MONDAY, None)
    assert before == copy


def test_an_act_that_the_table_does_not_allow_is_not_carried_out() -> None:
    for action in (Action.ARRIVE, Action.PROGRESS, Action.COMPLETE):
        with pytest.raises(IllegalMove) as refusal:
            carry_out(sent(), action, CLARA)
        assert refusal.value.params == {"action": action, "status": "requested"}
