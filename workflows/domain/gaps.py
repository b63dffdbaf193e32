"""Gaps: stretches in which the client waits and nobody moves. Opened by rule, closed by an act."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from workflows.domain.clocks import Party
from workflows.domain.statuses import Status


class GapKind(StrEnum):
    """What is missing."""

    UNANSWERED = "unanswered"
    NOT_ARRIVED = "not-arrived"
    NO_PROGRESS = "no-progress"
    REJECTED = "rejected"


class GapLevel(StrEnum):
    """Who knows of it besides the party itself."""

    SUPERVISOR = "supervisor"


class Gap(BaseModel):
    """One gap. ``seq`` is the event that opened it and its name within the referral. UTC."""

    model_config = ConfigDict(frozen=True)

    kind: GapKind
    party: Party
    level: GapLevel
    opened_at: datetime
    seq: int


GAP_OF_STATUS: dict[Status, GapKind] = {
    Status.REQUESTED: GapKind.UNANSWERED,
    Status.RECEIVED: GapKind.UNANSWERED,
    Status.ACCEPTED: GapKind.NOT_ARRIVED,
    Status.IN_PROGRESS: GapKind.NO_PROGRESS,
    Status.REJECTED: GapKind.REJECTED,
    Status.FAILED: GapKind.REJECTED,
}
"""The gap that opens when the clock of a status runs out."""
