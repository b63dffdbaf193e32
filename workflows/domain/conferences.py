"""The case conference (Fallkonferenz): everybody who was asked agrees on who takes a step on.

It opens on the second bounce. Nobody can instruct an agency there: without an agreement it records
the next legal step.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

BOUNCES_TO_A_CONFERENCE = 2


class LegalStep(StrEnum):
    """What remains where the agencies do not agree. Not legal advice: not checked by a lawyer.

    ``formal-application``: apply, so that it has to be passed on and decided (§ 16 SGB I).
    ``advance-benefits``: ask the agency that was asked first to pay in advance (§ 43 SGB I).
    ``objection``: object to a decision (§ 83 SGG, § 69 VwGO). ``supervisory-authority``: ask the
    authority above them. ``legal-advice``: get advice from outside.
    """

    FORMAL_APPLICATION = "formal-application"
    ADVANCE_BENEFITS = "advance-benefits"
    OBJECTION = "objection"
    SUPERVISORY_AUTHORITY = "supervisory-authority"
    LEGAL_ADVICE = "legal-advice"


class Conference(BaseModel):
    """A case conference of the agencies that a step was sent to. UTC.

    Its result is an agency that they ``agreed`` on, or the ``next_step``; neither: it is still
    open, or the step was sent on without one.
    """

    model_config = ConfigDict(frozen=True)

    opened_at: datetime
    closed_at: datetime | None = None
    agreed: UUID | None = None
    next_step: LegalStep | None = None

    def ended(self, at: datetime, agreed: UUID | None, next_step: LegalStep | None) -> "Conference":
        """Return it with its result."""
        return self.model_copy(update={"closed_at": at, "agreed": agreed, "next_step": next_step})


def conference_after(bounced: tuple[UUID, ...], at: datetime) -> Conference | None:
    """Return the conference that a bounce opens, None as long as it is the first."""
    if len(bounced) < BOUNCES_TO_A_CONFERENCE:
        return None
    return Conference(opened_at=at)
