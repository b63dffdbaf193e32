"""An agency may be closed on more days than the state is: its deadlines step over those days."""

from datetime import date, timedelta

from tests.cast import RECEIVER
from tests.domain.calendar import utc
from workflows.domain.deadlines import (
    Deadline,
    DeadlineRequest,
    Length,
    Moment,
    Recall,
    Remainder,
    deadline_for,
)
from workflows.domain.terms import ReminderPlan, Term
from workflows.domain.working_days import add_working_days, is_working_day, working_days_between

CLOSED = frozenset({date(2027, 3, 4), date(2027, 3, 9), date(2027, 3, 11), date(2027, 3, 16)})
"""Two Tuesdays and two Thursdays of March."""


def deadline(start: str, length: Length) -> Deadline:
    """Return the deadline in the calendar of an agency that is closed then."""
    request = DeadlineRequest(agency=RECEIVER, start=utc(start), length=length, plan=ReminderPlan())
    return deadline_for(request, CLOSED)


def test_on_its_closing_days_an_agency_does_not_work() -> None:
    assert is_working_day(date(2027, 3, 4))
    assert not is_working_day(date(2027, 3, 4), CLOSED)
    assert is_working_day(date(2027, 3, 5), CLOSED)


def test_counting_steps_over_them_in_both_directions() -> None:
    assert add_working_days(date(2027, 3, 3), 3, CLOSED) == date(2027, 3, 10)
    assert add_working_days(date(2027, 3, 10), -3, CLOSED) == date(2027, 3, 3)
    assert working_days_between(date(2027, 3, 3), date(2027, 3, 10), CLOSED) == 3
    assert working_days_between(date(2027, 3, 10), date(2027, 3, 3), CLOSED) == -3


def test_a_deadline_and_all_its_moments_step_over_them() -> None:
    assert deadline("2027-03-01 09:00", Term(working_days=5)) == Deadline(
        due_at=utc("2027-03-10 22:59:59"),
        moments=(
            Moment(at=utc("2027-03-08 05:00"), recall=Recall.REMINDER),
            Moment(at=utc("2027-03-10 22:59:59"), recall=Recall.OVERDUE),
            Moment(at=utc("2027-03-15 05:00"), recall=Recall.SUPERVISOR),
            Moment(at=utc("2027-03-19 05:00"), recall=Recall.EVERYONE),
        ),
    )


def test_what_was_left_is_counted_and_goes_on_without_them() -> None:
    left = Remainder(
        paused_at=utc("2027-03-03 09:00"), due_at=utc("2027-03-10 22:59:59"), in_hours=False
    )
    due_at = deadline("2027-03-15 09:00", left).due_at
    assert due_at == utc("2027-03-19 22:59:59"), "three working days were left"


def test_a_duration_runs_through_them() -> None:
    length = Term(duration=timedelta(hours=36))
    assert deadline("2027-03-03 09:00", length).due_at == utc("2027-03-04 21:00")
