"""Clocks: every waiting second of a referral belongs to exactly one party."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from workflows.domain.deadlines import Deadline, Moment, Recall, Remainder
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
    clock are recognised by it and not sent. So many of its ``moments`` have ``passed``.
    ``in_hours``: whoever is told of it is told at once.
    """

    model_config = ConfigDict(frozen=True)

    party: Party
    since: datetime
    due_at: datetime
    seq: int
    moments: tuple[Moment, ...]
    passed: int = 0
    in_hours: bool = False

    @property
    def next_moment(self) -> Moment | None:
        """The next moment at which it is recalled, None after the last one."""
        return self.moments[self.passed] if self.passed < len(self.moments) else None

    def passing(self, at: datetime) -> tuple["RunningClock", list[Recall]]:
        """Return it with the moments up to this instant behind it, and what they ask for.

        What was missed is made up for together: nobody is reminded of what is overdue.
        """
        recalls = [moment.recall for moment in self.moments[self.passed :] if moment.at <= at]
        after = self.model_copy(update={"passed": self.passed + len(recalls)})
        if len(recalls) > 1:
            recalls = [recall for recall in recalls if recall is not Recall.REMINDER]
        return after, recalls

    def left_at(self, at: datetime) -> Remainder:
        """Return what it has left at this instant."""
        return Remainder(paused_at=at, due_at=self.due_at, in_hours=self.in_hours)


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
        party=party,
        since=at,
        due_at=deadline.due_at,
        seq=seq,
        moments=deadline.moments,
        in_hours=deadline.in_hours,
    )


def move_clock(clock: RunningClock, deadline: Deadline, seq: int) -> RunningClock:
    """Let a clock run to another deadline; whose it is and since when stay. It gets a new name."""
    return start_clock(clock.party, clock.since, deadline, seq)


def take_up_clock(clock: RunningClock, at: datetime, seq: int) -> RunningClock:
    """Let a clock that was ended by mistake run again; what passed of it passed only for others.

    A reminder that was given is not given again; a deadline that had passed passes again.
    """
    reminded = clock.passed > 0 and clock.moments[0].recall is Recall.REMINDER
    return clock.model_copy(update={"since": at, "seq": seq, "passed": int(reminded)})


def end_clock(clock: RunningClock, status: Status, at: datetime) -> Span:
    """Stop a clock; what it measured becomes a span."""
    return Span(party=clock.party, status=status, since=clock.since, until=at)
