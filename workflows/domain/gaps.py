"""Gaps: stretches in which the client waits and nobody moves. Opened by rule, closed by an act."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from workflows.domain.clocks import Party, RunningClock
from workflows.domain.deadlines import Recall
from workflows.domain.statuses import BusinessStatus, Status


class GapKind(StrEnum):
    """What is missing."""

    UNANSWERED = "unanswered"
    NO_APPOINTMENT = "no-appointment"
    NOT_ARRIVED = "not-arrived"
    NO_PROGRESS = "no-progress"
    QUESTION_OPEN = "question-open"
    REJECTED = "rejected"
    DISPUTED = "disputed"
    UNROUTED = "unrouted"
    CONSENT_MISSING = "consent-missing"
    DOCUMENT_EXPIRING = "document-expiring"


class GapLevel(StrEnum):
    """Who knows of it: the party itself, then its supervisor, then everybody who can help."""

    REMINDER = "reminder"
    SUPERVISOR = "supervisor"
    EVERYONE = "everyone"


class Gap(BaseModel):
    """One gap. ``seq`` is the event that opened it and its name within the referral. UTC.

    ``cause`` is the reason code of what led to it, where there is one.
    """

    model_config = ConfigDict(frozen=True)

    kind: GapKind
    party: Party
    level: GapLevel
    opened_at: datetime
    seq: int
    cause: str | None = None

    def risen_to(self, level: GapLevel) -> "Gap":
        """Return it at that level, or at its own if that is higher."""
        levels = list(GapLevel)
        return self.model_copy(update={"level": max(self.level, level, key=levels.index)})


LEVEL_AT: dict[Recall, GapLevel] = {
    Recall.OVERDUE: GapLevel.REMINDER,
    Recall.SUPERVISOR: GapLevel.SUPERVISOR,
    Recall.EVERYONE: GapLevel.EVERYONE,
}
"""How far a gap has risen at a moment of its deadline."""


def gap_after(
    before: Gap | None, clock: RunningClock, recall: Recall, kind: GapKind, seq: int
) -> Gap | None:
    """Return the gap after a moment of one of the office's clocks; before its end there is none."""
    if recall is Recall.REMINDER:
        return None
    level = LEVEL_AT[recall]
    if before:
        return before.risen_to(level)
    return Gap(kind=kind, party=clock.party, level=level, opened_at=clock.due_at, seq=seq)


def recalled_as(recalls: Sequence[Recall]) -> str:
    """Return the action under which moments that have come stand in the history."""
    if Recall.OVERDUE in recalls:
        return "overdue"
    return "remind" if recalls[-1] is Recall.REMINDER else "escalate"


_KIND_BY_STATUS: dict[Status, GapKind] = {
    Status.REQUESTED: GapKind.UNANSWERED,
    Status.RECEIVED: GapKind.UNANSWERED,
    Status.ACCEPTED: GapKind.NOT_ARRIVED,
    Status.IN_PROGRESS: GapKind.NO_PROGRESS,
    Status.ON_HOLD: GapKind.NO_PROGRESS,
    Status.REJECTED: GapKind.REJECTED,
    Status.FAILED: GapKind.REJECTED,
}


def kind_of_gap(
    status: Status, meaning: BusinessStatus | None, *, awaits_appointment: bool
) -> GapKind:
    """Return the gap that opens when the clock of a status runs out."""
    if meaning is BusinessStatus.QUESTION:
        return GapKind.QUESTION_OPEN
    if status is Status.ACCEPTED and awaits_appointment:
        return GapKind.NO_APPOINTMENT
    return _KIND_BY_STATUS[status]
