"""Notices: which act or moment tells whom. The mail itself is written and sent elsewhere."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    REQUEST = "request"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    NUDGE = "nudge"
    GAP = "gap"
    REJECTED = "rejected"
    FAILED = "failed"


class Audience(StrEnum):
    """Who is written to."""

    SENDER = "sender"
    RECEIVER = "receiver"
    SENDERS_SUPERVISORS = "senders-supervisors"


class Notice(BaseModel):
    """Tell ``audience``. It holds only as long as the clock named ``clock_seq`` runs."""

    model_config = ConfigDict(frozen=True)

    kind: NoticeKind
    audience: Audience
    clock_seq: int
