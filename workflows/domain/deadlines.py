"""From a term to a deadline: computed once, stored in UTC, never recomputed silently."""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.terms import ReminderPlan, Term
from workflows.domain.working_days import (
    ALWAYS_OPEN,
    add_working_days,
    at_local_time,
    local_day,
    working_days_between,
)

END_OF_DAY = time(23, 59, 59)
EARLY = time(6, 0)
"""Before the morning's mail is put together: what is recalled on a day stands in that day's."""


class Recall(StrEnum):
    """What happens at a moment of a deadline: who hears of it rises from one to the next."""

    REMINDER = "reminder"
    OVERDUE = "overdue"
    SUPERVISOR = "supervisor"
    EVERYONE = "everyone"


class Moment(BaseModel):
    """An instant (UTC) at which a deadline is recalled."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    recall: Recall


class Deadline(BaseModel):
    """When an answer is due, and every moment at which that is recalled, in their order. UTC.

    ``in_hours``: it was made from a duration, and cannot wait for the next morning's mail.
    """

    model_config = ConfigDict(frozen=True)

    due_at: datetime
    moments: tuple[Moment, ...]
    in_hours: bool = False


class LastDay(BaseModel):
    """A deadline at the end of a day that somebody named (calendar day in Berlin)."""

    model_config = ConfigDict(frozen=True)

    day: date


class Remainder(BaseModel):
    """What was left of a deadline at ``due_at`` when it was paused at ``paused_at`` (UTC)."""

    model_config = ConfigDict(frozen=True)

    paused_at: datetime
    due_at: datetime
    in_hours: bool


# A term is written as text, whatever is given to it: so it comes last.
Length = LastDay | Remainder | Term


class DeadlineRequest(BaseModel):
    """Asks for the deadline that begins at ``start`` (UTC) in an agency's calendar."""

    model_config = ConfigDict(frozen=True)

    agency: UUID
    start: datetime
    length: Length
    plan: ReminderPlan


def deadline_for(request: DeadlineRequest, closed: Container[date] = ALWAYS_OPEN) -> Deadline:
    """Return the deadline in the calendar of an agency that has these closing days.

    One in working days ends with the last second of its last day in Berlin (§ 187(1), § 188(1),
    § 193 BGB) and is recalled early in the morning. A duration ends to the second.
    """
    due_at = _end(request.start, request.length, closed)
    in_hours = _is_in_hours(request.length)
    plan = request.plan
    supervisor_at = due_at if in_hours else _after(due_at, plan.supervisor_after, closed)
    everyone_at = max(_after(due_at, plan.everyone_after, closed), supervisor_at)
    moments = (
        Moment(at=_before(due_at, plan.remind_before, closed), recall=Recall.REMINDER),
        Moment(at=due_at, recall=Recall.OVERDUE),
        Moment(at=supervisor_at, recall=Recall.SUPERVISOR),
        Moment(at=everyone_at, recall=Recall.EVERYONE),
    )
    return Deadline(
        due_at=due_at,
        moments=tuple(
            moment
            for moment in moments
            if moment.recall is not Recall.REMINDER or moment.at > request.start
        ),
        in_hours=in_hours,
    )


def _end(start: datetime, length: Length, closed: Container[date]) -> datetime:
    match length:
        case LastDay(day=day):
            return at_local_time(day, END_OF_DAY)
        case Remainder(in_hours=True):
            return start.astimezone(UTC) + max(length.due_at - length.paused_at, timedelta(0))
        case Remainder():
            paused, due = local_day(length.paused_at), local_day(length.due_at)
            left = working_days_between(paused, due, closed)
            return _end_of(start, max(left, 1), closed)
        case Term(duration=timedelta() as duration):
            return start.astimezone(UTC) + duration
        case Term():
            return _end_of(start, length.working_days or 0, closed)


def _end_of(start: datetime, working_days: int, closed: Container[date]) -> datetime:
    return at_local_time(add_working_days(local_day(start), working_days, closed), END_OF_DAY)


def _is_in_hours(length: Length) -> bool:
    match length:
        case Term():
            return length.duration is not None
        case Remainder():
            return length.in_hours
        case LastDay():
            return False


def _before(due_at: datetime, term: Term, closed: Container[date]) -> datetime:
    if term.duration is not None:
        return due_at - term.duration
    return at_local_time(_day(due_at, -(term.working_days or 0), closed), EARLY)


def _after(due_at: datetime, term: Term, closed: Container[date]) -> datetime:
    if term.duration is not None:
        return due_at + term.duration
    return at_local_time(_day(due_at, term.working_days or 0, closed), EARLY)


def _day(instant: datetime, working_days: int, closed: Container[date]) -> date:
    return add_working_days(local_day(instant), working_days, closed)
