"""From a term to a deadline: computed once, stored in UTC, never recomputed silently."""

from datetime import UTC, datetime, time
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.terms import Term
from workflows.domain.working_days import add_working_days, at_local_time, local_day

END_OF_DAY = time(23, 59, 59)
START_OF_OFFICE = time(8, 0)


class Deadline(BaseModel):
    """When an answer is due, and when to remind of it (None: too close to be worth it). UTC."""

    model_config = ConfigDict(frozen=True)

    due_at: datetime
    remind_at: datetime | None = None


class DeadlineRequest(BaseModel):
    """Asks for the deadline of a term that begins at ``start`` (UTC) in an agency's calendar."""

    model_config = ConfigDict(frozen=True)

    agency: UUID
    start: datetime
    term: Term
    remind_before: Term


def deadline_after(start: datetime, term: Term, remind_before: Term) -> Deadline:
    """Return the deadline of a term that begins at ``start``.

    A term in working days ends with the last second of its last day in Berlin (§ 187(1),
    § 188(1), § 193 BGB); its reminder comes when the office opens. A duration ends to the second.
    """
    due_at = _after(start, term)
    remind_at = _before(due_at, remind_before)
    return Deadline(due_at=due_at, remind_at=remind_at if remind_at > start else None)


def _after(start: datetime, term: Term) -> datetime:
    if term.duration is not None:
        return start.astimezone(UTC) + term.duration
    return at_local_time(add_working_days(local_day(start), term.working_days or 0), END_OF_DAY)


def _before(due_at: datetime, term: Term) -> datetime:
    if term.duration is not None:
        return due_at - term.duration
    day = add_working_days(local_day(due_at), -(term.working_days or 0))
    return at_local_time(day, START_OF_OFFICE)
