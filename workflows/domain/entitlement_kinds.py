"""The kinds of entitlements: what the law calls them, and how their end is seen coming."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from workflows.domain.entitlements import LONGEST_LEAD, Entitlement, EntitlementArea
from workflows.domain.joins import Key
from workflows.domain.pathway import Texts


class EntitlementKind(BaseModel):
    """One kind. What it says about an end is copied into each entitlement when that is noted."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    key: Key
    """Its name for programs."""
    title: Texts
    """Its name for people."""
    area: EntitlementArea
    """What it is about; the next one of that area takes its place."""
    paragraph: Annotated[str, Field(min_length=3, max_length=120)]
    """The paragraph that it rests on."""
    until_decided: bool
    """Whether it holds until somebody decides, whatever the paper says."""
    lead_days: Annotated[int, Field(ge=0, le=LONGEST_LEAD)]
    """So many days before its end the office has to have acted."""
    proposes: Key | None
    """The pathway that leads to what follows it."""

    def entitlement(
        self,
        entitlement_id: UUID,
        member_id: UUID,
        starts_on: date,
        printed_until: date | None,
        effective_until: date | None,
    ) -> Entitlement:
        """Return an entitlement of this kind. Raises ValueError if it ends before it starts."""
        return Entitlement(
            id=entitlement_id,
            member_id=member_id,
            kind=self.key,
            area=self.area,
            starts_on=starts_on,
            printed_until=printed_until,
            effective_until=effective_until,
            until_decided=self.until_decided,
            lead_days=self.lead_days,
            proposes=self.proposes,
        )
