"""The basis of a transfer of data: a consent of the person, or a statute. One of both, always.

Art. 6(1) GDPR; for social data §§ 67b, 67d SGB X.
"""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Basis(BaseModel):
    """What a referral rests on: the id of a consent, or a paragraph that the step names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    consent: UUID | None = None
    statute: Annotated[str, Field(min_length=1, max_length=200)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Basis":
        if (self.consent is None) == (self.statute is None):
            raise ValueError("name either a consent or a statute")
        return self


class Consent(BaseModel):
    """A member's consent: which fields, to whom, from when to when (calendar days in Berlin).

    ``agency`` names one recipient; ``legal_area`` any agency of that area. A blanket consent
    without either is void (Art. 4(11) GDPR: "specific").
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    member: UUID
    agency: UUID | None
    legal_area: str | None
    fields: frozenset[str]
    given_on: date
    valid_until: date
    withdrawn_on: date | None = None

    def covers(self, agency: UUID, legal_area: str, fields: AbstractSet[str], on: date) -> bool:
        """Tell whether these fields may go to that agency on that day."""
        in_force = self.given_on <= on <= self.valid_until and (
            self.withdrawn_on is None or on < self.withdrawn_on
        )
        recipient = self.agency == agency if self.agency else self.legal_area == legal_area
        return in_force and recipient and fields <= self.fields


class Application(BaseModel):
    """An application for a benefit that travels with a referral, and keeps its filing date.

    Where it was misdirected under the Sozialgesetzbuch, it counts from that date (§ 16(2) SGB I).
    ``benefit`` is a code, ``office`` the agency where it was filed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    benefit: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
    office: UUID
    filed_at: date
