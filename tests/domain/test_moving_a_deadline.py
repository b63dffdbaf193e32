"""An agreed time may become another one: the sender says why, and the clock goes on."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.cast import ANNA, OFFICE_A, RECEIVER
from tests.domain.calendar import utc
from tests.domain.referrals import MONDAY, NOW, carry_out, in_status, sent, well_formed
from workflows.domain.actions import Action
from workflows.domain.clock_rules import deadline_request
from workflows.domain.deadlines import DeadlineRequest, LastDay
from workflows.domain.errors import DayUnfit, ReasonMissing
from workflows.domain.referral_moments import next_moment, pass_moment
from workflows.domain.statuses import Status
from workflows.domain.terms import ReminderPlan

FRIDAY = date(2027, 3, 12)


def test_the_same_partys_clock_runs_to_the_end_of_the_other_day() -> None:
    before = sent()
    state, event = carry_out(before, Action.MOVE_DEADLINE, ANNA, until=FRIDAY)
    assert before.clock is not None
    assert state.clock is not None
    assert (state.clock.party, state.clock.since) == (before.clock.party, MONDAY)
    assert (state.clock.due_at, state.clock.seq) == (utc("2027-03-12 22:59:59"), event.seq)
    assert (event.due_before, event.ended) == (before.clock.due_at, None)
    assert (state.status, state.business_status) == (before.status, before.business_status)


@pytest.mark.parametrize(
    ("status", "agency"), [(Status.REQUESTED, RECEIVER), (Status.REJECTED, OFFICE_A)]
)
def test_it_is_moved_in_the_calendar_of_the_party_on_turn(status: Status, agency: UUID) -> None:
    act = well_formed(Action.MOVE_DEADLINE, ANNA, until=FRIDAY)
    assert deadline_request(in_status(status), act, NOW) == DeadlineRequest(
        agency=agency, start=NOW, length=LastDay(day=FRIDAY), plan=ReminderPlan()
    )


def test_what_waits_on_hold_still_waits_for_the_same() -> None:
    held = in_status(Status.ON_HOLD)
    state, _ = carry_out(held, Action.MOVE_DEADLINE, ANNA, until=FRIDAY)
    assert (state.status, state.business_status) == (Status.ON_HOLD, held.business_status)
    assert state.hold == held.hold


def test_an_overdue_deadline_that_is_moved_has_no_gap_and_is_recalled_anew() -> None:
    at = MONDAY + timedelta(days=30)
    outcome = pass_moment(sent(), at)
    assert outcome is not None
    overdue, _ = outcome
    state, event = carry_out(overdue, Action.MOVE_DEADLINE, ANNA, at)
    assert (event.gaps_closed, state.gaps) == (overdue.gaps, ())
    assert next_moment(state) is not None


@pytest.mark.parametrize("until", [date(2027, 3, 1), date(2028, 2, 29)])
def test_it_may_end_today_or_in_a_year(until: date) -> None:
    state, _ = carry_out(sent(), Action.MOVE_DEADLINE, ANNA, until=until)
    assert state.clock is not None
    assert state.clock.due_at.date() == until


@pytest.mark.parametrize("until", [None, date(2027, 2, 28), date(2028, 3, 1)])
def test_it_ends_neither_in_the_past_nor_beyond_a_year(until: date | None) -> None:
    with pytest.raises(DayUnfit) as refusal:
        carry_out(sent(), Action.MOVE_DEADLINE, ANNA, until=until)
    assert refusal.value.params == {"action": "move-deadline", "latest": "2028-02-29"}


def test_nobody_moves_it_without_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        carry_out(sent(), Action.MOVE_DEADLINE, ANNA, reason=None)
