"""The statuses of referrals, steps and cases."""

from enum import StrEnum


class Status(StrEnum):
    """Status of a referral: the codes of FHIR R4 ``Task.status`` that our loop uses."""

    REQUESTED = "requested"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"


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
}
"""What a referral's status means for its step. What came back is due again."""
