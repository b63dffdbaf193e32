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
    ESCALATION = "escalation"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"
    QUESTION = "question"
    ANSWER = "answer"
    APPOINTMENT = "appointment"
    NO_SHOW = "no-show"
    COMPLETED = "completed"
    DISPUTED = "disputed"
    OFFER = "offer"
    OFFER_ACCEPTED = "offer-accepted"
    OFFER_DECLINED = "offer-declined"
    CONFERENCE = "conference"
    CONFERENCE_ENDED = "conference-ended"


class Audience(StrEnum):
    """Who is written to. Another house's supervisors only where that was agreed with it."""

    SENDER = "sender"
    RECEIVER = "receiver"
    SENDERS_SUPERVISORS = "senders-supervisors"
    RECEIVERS_SUPERVISORS = "receivers-supervisors"
    COORDINATORS = "coordinators"
    OFFERED_OFFICE = "offered-office"
    """The supervisors of the office that a case is offered to."""
    OFFERER = "offerer"
    """Whoever offered it."""
    CONFERENCE = "conference"
    """The supervisors of all the agencies that a step was sent to, and of the office."""


class Delivery(StrEnum):
    """How a notice goes out: at once, alone once it cannot be undone, or with the next morning's
    mail."""

    AT_ONCE = "at-once"
    ALONE = "alone"
    DIGEST = "digest"


class Notice(BaseModel):
    """Tell ``audience``. It holds only as long as the clock named ``clock_seq`` runs."""

    model_config = ConfigDict(frozen=True)

    kind: NoticeKind
    audience: Audience
    clock_seq: int | None
    delivery: Delivery = Delivery.DIGEST
