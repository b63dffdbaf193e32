"""Clocks: every waiting second of a referral belongs to exactly one party."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from workflows.domain.deadlines import Deadline
from workflows.domain.statuses import Status


class Party(StrEnum):
    """Who can be waited for."""

    SENDER = "sender"
    RECEIVER = "receiver"
    CLIENT = "client"
    THIRD_PARTY = "third-party"


class RunningClock(BaseModel):
    """The clock that runs now: whose it is, since when, until when (UTC).

    ``seq`` is the event that started it and its name: mails that were meant for an earlier
    clock are recognised by it and not sent. ``reminded`` and ``overdue`` say which of its two
    moments have passed.
    """

    model_config = ConfigDict(frozen=True)

    party: Party
    since: datetime
    due_at: datetime
    remind_at: datetime | None
    seq: int
    reminded: bool = False
    overdue: bool = False


class Span(BaseModel):
    """A stretch of a referral's life that is over: one party; ``status`` at its end. UTC."""

    model_config = ConfigDict(frozen=True)

    party: Party
    status: Status
    since: datetime
    until: datetime


def start_clock(party: Party, at: datetime, deadline: Deadline, seq: int) -> RunningClock:
    """Start a party's clock."""
    return RunningClock(
        party=party, since=at, due_at=deadline.due_at, remind_at=deadline.remind_at, seq=seq
    )


def end_clock(clock: RunningClock, status: Status, at: datetime) -> Span:
    """Stop a clock; what it measured becomes a span."""
    return Span(party=clock.party, status=status, since=clock.since, until=at)
