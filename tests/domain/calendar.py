"""Deadlines for the tests of the domain, without an agency's closing days."""

from datetime import UTC, datetime

from tests.cast import RECEIVER
from workflows.domain.deadlines import Deadline, DeadlineRequest, Length, Recall, deadline_for
from workflows.domain.terms import ReminderPlan, Term


def utc(text: str) -> datetime:
    """Return an instant that is written as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def deadline_after(start: datetime, length: Length, remind_before: Term | None = None) -> Deadline:
    """Return the deadline; others than the party itself hear of it as usual."""
    plan = ReminderPlan(remind_before=remind_before or Term(working_days=1))
    return deadline_for(DeadlineRequest(agency=RECEIVER, start=start, length=length, plan=plan))


def moment_of(deadline: Deadline, recall: Recall) -> datetime | None:
    """Return when a deadline is recalled in that way, if it is."""
    return next((moment.at for moment in deadline.moments if moment.recall is recall), None)
