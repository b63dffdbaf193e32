"""From a term to an instant: the last second of a day in Berlin, or a duration to the second."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import RECEIVER
from tests.counts import PROPERTY
from tests.domain.calendar import deadline_after, moment_of, utc
from workflows.domain.deadlines import (
    Deadline,
    DeadlineRequest,
    LastDay,
    Length,
    Moment,
    Recall,
    Remainder,
    deadline_for,
)
from workflows.domain.terms import ReminderPlan, Term
from workflows.domain.working_days import BERLIN, is_working_day

ONE_DAY = Term(working_days=1)


def due(start: str, term: str) -> datetime:
    return deadline_after(utc(start), Term.model_validate(term), ONE_DAY).due_at


def test_a_term_in_working_days_ends_with_the_last_second_of_its_last_day_in_berlin() -> None:
    assert due("2027-03-01 09:00", "5 working days") == utc("2027-03-08 22:59:59")


def test_in_summer_the_last_second_comes_an_hour_earlier_in_utc() -> None:
    assert due("2027-06-07 09:00", "5 working days") == utc("2027-06-14 21:59:59")


def test_a_term_over_the_spring_change_of_28_march_2027_ends_in_summer_time() -> None:
    assert due("2027-03-25 09:00", "1 working day") == utc("2027-03-30 21:59:59")


def test_a_term_over_the_autumn_change_of_31_october_2027_ends_in_winter_time() -> None:
    assert due("2027-10-29 09:00", "1 working day") == utc("2027-11-02 22:59:59")


def test_a_duration_over_the_spring_change_is_as_long_as_ever() -> None:
    assert due("2027-03-28 00:30", "PT4H") == utc("2027-03-28 04:30")


def test_a_duration_over_the_autumn_change_is_as_long_as_ever() -> None:
    assert due("2027-10-31 00:30", "PT4H") == utc("2027-10-31 04:30")


def test_a_duration_runs_through_the_weekend() -> None:
    assert due("2027-04-09 15:00", "P2D") == utc("2027-04-11 15:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-03-01 22:59:59", "2027-03-02 22:59:59"),
        ("2027-03-01 23:00:00", "2027-03-03 22:59:59"),
        ("2027-06-07 21:59:59", "2027-06-08 21:59:59"),
        ("2027-06-07 22:00:00", "2027-06-09 21:59:59"),
    ],
)
def test_the_day_of_the_request_is_berlins_day_and_not_that_of_utc(start: str, end: str) -> None:
    assert due(start, "1 working day") == utc(end)


def test_a_term_over_the_turn_of_the_year() -> None:
    assert due("2026-12-31 10:00", "1 working day") == utc("2027-01-04 22:59:59")


def test_a_reminder_in_working_days_comes_early_in_the_morning() -> None:
    deadline = deadline_after(utc("2027-03-01 09:00"), Term(working_days=5), ONE_DAY)
    assert moment_of(deadline, Recall.REMINDER) == utc("2027-03-05 05:00")


def test_a_reminder_on_the_day_after_the_clocks_change_comes_at_six_in_berlin() -> None:
    deadline = deadline_after(utc("2027-10-25 09:00"), Term(working_days=6), ONE_DAY)
    assert deadline.due_at == utc("2027-11-03 22:59:59")
    assert moment_of(deadline, Recall.REMINDER) == utc("2027-11-02 05:00")


def test_a_reminder_before_a_short_duration_is_given_as_a_duration() -> None:
    before = Term(duration=timedelta(hours=1))
    deadline = deadline_after(utc("2027-03-01 09:00"), Term(duration=timedelta(hours=4)), before)
    assert moment_of(deadline, Recall.REMINDER) == utc("2027-03-01 12:00")


def test_a_reminder_that_would_come_with_the_request_is_left_out() -> None:
    at_six_in_berlin = utc("2027-03-01 05:00")
    deadline = deadline_after(at_six_in_berlin, ONE_DAY, ONE_DAY)
    assert deadline.due_at == utc("2027-03-02 22:59:59")
    assert moment_of(deadline, Recall.REMINDER) is None


def test_a_reminder_that_would_come_before_the_request_is_left_out() -> None:
    deadline = deadline_after(utc("2027-03-01 09:00"), ONE_DAY, ONE_DAY)
    assert moment_of(deadline, Recall.REMINDER) is None


@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    days=st.integers(1, 260),
    before=st.integers(1, 30),
)
@PROPERTY
def test_a_deadline_ends_a_working_day_and_its_reminder_lies_between(
    start: datetime, days: int, before: int
) -> None:
    deadline = deadline_after(start, Term(working_days=days), Term(working_days=before))
    local = deadline.due_at.astimezone(BERLIN)
    assert deadline.due_at.utcoffset() == timedelta(0)
    assert is_working_day(local.date())
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    assert (moment_of(deadline, Recall.REMINDER) is not None) or before >= days
    if reminder := moment_of(deadline, Recall.REMINDER):
        assert start < reminder < deadline.due_at
        assert reminder.astimezone(BERLIN).hour == 6


def test_a_deadline_rises_from_the_party_to_its_supervisor_to_everyone() -> None:
    deadline = deadline_after(utc("2027-03-01 09:00"), Term(working_days=5))
    assert deadline == Deadline(
        due_at=utc("2027-03-08 22:59:59"),
        moments=(
            Moment(at=utc("2027-03-05 05:00"), recall=Recall.REMINDER),
            Moment(at=utc("2027-03-08 22:59:59"), recall=Recall.OVERDUE),
            Moment(at=utc("2027-03-10 05:00"), recall=Recall.SUPERVISOR),
            Moment(at=utc("2027-03-15 05:00"), recall=Recall.EVERYONE),
        ),
    )


def test_where_hours_count_the_supervisor_hears_at_once() -> None:
    deadline = deadline_after(utc("2027-03-01 09:00"), Term(duration=timedelta(hours=4)))
    assert deadline.in_hours
    assert moment_of(deadline, Recall.SUPERVISOR) == deadline.due_at == utc("2027-03-01 13:00")


def test_a_day_that_somebody_names_counts_to_its_last_second() -> None:
    deadline = deadline_after(utc("2027-03-01 09:00"), LastDay(day=date(2027, 3, 20)))
    assert deadline.due_at == utc("2027-03-20 22:59:59")
    assert not deadline.in_hours


@pytest.mark.parametrize(
    "length",
    [
        Term(working_days=5),
        Term(duration=timedelta(hours=4)),
        LastDay(day=date(2027, 3, 20)),
        Remainder(
            paused_at=utc("2027-03-03 09:00"), due_at=utc("2027-03-08 22:59:59"), in_hours=True
        ),
    ],
)
def test_a_request_survives_being_written_and_read(length: Length) -> None:
    request = DeadlineRequest(
        agency=RECEIVER, start=utc("2027-03-01 09:00"), length=length, plan=ReminderPlan()
    )
    assert DeadlineRequest.model_validate_json(request.model_dump_json()) == request


def test_what_was_left_is_counted_in_working_days() -> None:
    paused, due_at = utc("2027-03-03 09:00"), utc("2027-03-08 22:59:59")
    left = Remainder(paused_at=paused, due_at=due_at, in_hours=False)
    deadline = deadline_after(utc("2027-03-19 15:00"), left)
    assert deadline.due_at == utc("2027-03-24 22:59:59"), "three working days were left"


def test_whoever_was_late_before_the_pause_has_a_day_after_it() -> None:
    paused, due_at = utc("2027-03-10 09:00"), utc("2027-03-08 22:59:59")
    left = Remainder(paused_at=paused, due_at=due_at, in_hours=False)
    assert deadline_after(utc("2027-03-19 15:00"), left).due_at == utc("2027-03-22 22:59:59")


def test_what_was_left_of_hours_is_counted_to_the_second() -> None:
    paused, due_at = utc("2027-03-01 10:00"), utc("2027-03-01 12:30")
    left = Remainder(paused_at=paused, due_at=due_at, in_hours=True)
    deadline = deadline_after(utc("2027-03-01 22:00"), left)
    assert (deadline.due_at, deadline.in_hours) == (utc("2027-03-02 00:30"), True)


def test_whoever_was_late_before_the_pause_of_hours_is_late_at_once_after_it() -> None:
    paused, due_at = utc("2027-03-01 12:30"), utc("2027-03-01 10:00")
    left = Remainder(paused_at=paused, due_at=due_at, in_hours=True)
    assert deadline_after(utc("2027-03-01 22:00"), left).due_at == utc("2027-03-01 22:00")


def plan_after(length: Length, **plan: str) -> Deadline:
    """Return a deadline of a Monday morning that is recalled as this plan says."""
    return deadline_for(
        DeadlineRequest(
            agency=RECEIVER,
            start=utc("2027-03-01 09:00"),
            length=length,
            plan=ReminderPlan.model_validate(plan),
        )
    )


def test_others_may_hear_of_it_after_hours() -> None:
    deadline = plan_after(
        LastDay(day=date(2027, 3, 3)), supervisor_after="PT4H", everyone_after="PT12H"
    )
    assert deadline.due_at == utc("2027-03-03 22:59:59")
    assert moment_of(deadline, Recall.SUPERVISOR) == utc("2027-03-04 02:59:59")
    assert moment_of(deadline, Recall.EVERYONE) == utc("2027-03-04 10:59:59")


def test_nobody_hears_of_it_before_the_supervisor() -> None:
    plan = {"supervisor_after": "5 working days", "everyone_after": "2 working days"}
    deadline = plan_after(Term(working_days=1), **plan)
    assert moment_of(deadline, Recall.SUPERVISOR) == utc("2027-03-09 05:00")
    assert moment_of(deadline, Recall.EVERYONE) == utc("2027-03-09 05:00")
