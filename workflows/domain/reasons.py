"""Reason codes: why a referral was refused, failed, held or taken back. The words are translated.

One code per cause, so that causes can be counted apart (FHIR ``Task.statusReason``); each lies
with the client, the sender, the receiver, or with neither of them.
"""

from enum import StrEnum


class Reason(StrEnum):
    """A cause. Its comment says where it lies."""

    # the receiver: capacity, competence
    NO_CAPACITY = "no-capacity"
    NOT_COMPETENT = "not-competent"
    OFFICE_CLOSED = "office-closed"
    # the sender: what was sent
    DOCUMENTS_MISSING = "documents-missing"
    REQUEST_UNCLEAR = "request-unclear"
    DUPLICATE = "duplicate"
    # the client
    REQUIREMENTS_NOT_MET = "requirements-not-met"
    CLIENT_NOT_REACHED = "client-not-reached"
    CLIENT_UNAVAILABLE = "client-unavailable"
    CLIENT_DECLINED = "client-declined"
    CLIENT_MOVED = "client-moved"
    NO_LONGER_NEEDED = "no-longer-needed"
    MEMBER_LEFT = "member-left"
    # somebody else
    DECISION_PENDING = "decision-pending"
    PLACE_PENDING = "place-pending"
    # both sides
    AGREED = "agreed"
    # what was said to have happened
    DID_NOT_HAPPEN = "did-not-happen"
    HAPPENED_IN_PART = "happened-in-part"
    DID_NOT_LAST = "did-not-last"


class CaseOutcome(StrEnum):
    """How a case ended."""

    GOAL_REACHED = "goal-reached"
    HANDED_ON = "handed-on"
    MOVED_AWAY = "moved-away"
    CONTACT_LOST = "contact-lost"
    DECLINED = "declined"
    OTHER = "other"


class LeavingReason(StrEnum):
    """Why somebody does not belong to a household any more."""

    MOVED_AWAY = "moved-away"
    OWN_HOUSEHOLD = "own-household"
    DECEASED = "deceased"
    NOTED_BY_MISTAKE = "noted-by-mistake"
    OTHER = "other"


REASONS_OF_REJECTION: frozenset[str] = frozenset(
    {
        Reason.NO_CAPACITY,
        Reason.DOCUMENTS_MISSING,
        Reason.REQUIREMENTS_NOT_MET,
        Reason.REQUEST_UNCLEAR,
        Reason.DUPLICATE,
    }
)
"""Why a receiver may say no. Who is not competent redirects: it names the agency that is."""

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

REASONS_OF_HOLD: frozenset[str] = frozenset(
    {
        Reason.DOCUMENTS_MISSING,
        Reason.CLIENT_UNAVAILABLE,
        Reason.DECISION_PENDING,
        Reason.PLACE_PENDING,
    }
)
"""Why the receiver may have to wait for somebody else."""

REASONS_OF_MOVED_DEADLINE: frozenset[str] = frozenset(
    {
        Reason.AGREED,
        Reason.OFFICE_CLOSED,
        Reason.CLIENT_UNAVAILABLE,
        Reason.DECISION_PENDING,
        Reason.PLACE_PENDING,
    }
)
"""Why an agreed time may become another one."""

REASONS_OF_DISPUTE: frozenset[str] = frozenset(
    {Reason.DID_NOT_HAPPEN, Reason.HAPPENED_IN_PART, Reason.DID_NOT_LAST}
)
"""What may be wrong with a referral that was reported as completed."""

REASONS_OF_WAIVER: frozenset[str] = frozenset(
    {Reason.NO_LONGER_NEEDED, Reason.CLIENT_DECLINED, Reason.CLIENT_MOVED}
)
"""Why a person may leave a step out. With a member who leaves, the rules do: ``MEMBER_LEFT``."""
