"""Reason codes: why a referral was refused, failed or taken back. The words are translated."""

from enum import StrEnum


class Reason(StrEnum):
    """One code per cause, so that causes can be counted apart (FHIR ``Task.statusReason``)."""

    NO_CAPACITY = "no-capacity"
    NOT_COMPETENT = "not-competent"
    DOCUMENTS_MISSING = "documents-missing"
    REQUIREMENTS_NOT_MET = "requirements-not-met"
    REQUEST_UNCLEAR = "request-unclear"
    DUPLICATE = "duplicate"
    CLIENT_NOT_REACHED = "client-not-reached"
    CLIENT_DECLINED = "client-declined"
    CLIENT_MOVED = "client-moved"
    NO_LONGER_NEEDED = "no-longer-needed"


class CaseOutcome(StrEnum):
    """How a case ended."""

    GOAL_REACHED = "goal-reached"
    HANDED_ON = "handed-on"
    MOVED_AWAY = "moved-away"
    CONTACT_LOST = "contact-lost"
    DECLINED = "declined"
    OTHER = "other"


REASONS_OF_REJECTION: frozenset[str] = frozenset(
    {
        Reason.NO_CAPACITY,
        Reason.NOT_COMPETENT,
        Reason.DOCUMENTS_MISSING,
        Reason.REQUIREMENTS_NOT_MET,
        Reason.REQUEST_UNCLEAR,
        Reason.DUPLICATE,
    }
)
"""Why a receiver may say no."""

REASONS_OF_FAILURE: frozenset[str] = frozenset(
    {
        Reason.NO_CAPACITY,
        Reason.DOCUMENTS_MISSING,
        Reason.REQUIREMENTS_NOT_MET,
        Reason.CLIENT_NOT_REACHED,
        Reason.CLIENT_DECLINED,
        Reason.CLIENT_MOVED,
    }
)
"""Why an accepted referral may come to nothing."""

REASONS_OF_WAIVER: frozenset[str] = frozenset(
    {Reason.NO_LONGER_NEEDED, Reason.CLIENT_DECLINED, Reason.CLIENT_MOVED}
)
"""Why a step may be left out."""
