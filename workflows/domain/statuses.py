"""The statuses of referrals, steps and cases."""

from enum import StrEnum


class Status(StrEnum):
    """Status of a referral: the codes of FHIR R4 ``Task.status``.

    ``draft``: written down and not sent yet. ``entered-in-error``: sent, and taken back before
    anybody took notice.
    """

    DRAFT = "draft"
    REQUESTED = "requested"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ENTERED_IN_ERROR = "entered-in-error"


class BusinessStatus(StrEnum):
    """What a status means here, where it leaves that open (FHIR ``Task.businessStatus``)."""

    QUESTION = "question"
    WAITING_CLIENT = "waiting-client"
    WAITING_THIRD_PARTY = "waiting-third-party"
    APPOINTMENT = "appointment"
    NO_SHOW = "no-show"
    REDIRECTED = "redirected"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class StepStatus(StrEnum):
    """Status of a step of a path. ``waiting``: what it comes after is not finished yet."""

    WAITING = "waiting"
    DUE = "due"
    REFERRED = "referred"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    WAIVED = "waived"


class CaseStatus(StrEnum):
    """Status of a case. ``draft``: written down, its workflow not yet started."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


WITH_AN_AGENCY = frozenset({StepStatus.REFERRED, StepStatus.IN_PROGRESS})

STEP_OF_REFERRAL: dict[Status, StepStatus] = {
    Status.REQUESTED: StepStatus.REFERRED,
    Status.RECEIVED: StepStatus.REFERRED,
    Status.ACCEPTED: StepStatus.REFERRED,
    Status.IN_PROGRESS: StepStatus.IN_PROGRESS,
    Status.COMPLETED: StepStatus.DONE,
    Status.REJECTED: StepStatus.DUE,
    Status.FAILED: StepStatus.DUE,
    Status.CANCELLED: StepStatus.DUE,
    Status.ENTERED_IN_ERROR: StepStatus.DUE,
}
"""What a referral's status means for its step. What came back is due again.

A referral on hold means what it meant before: see ``ReferralState.standing``.
"""
