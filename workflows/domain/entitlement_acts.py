"""What the office notes about the entitlements of a household. No free text."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from workflows.domain.entitlements import Entitlement
from workflows.domain.legal_rules import EndedByLaw
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason


class RecordEntitlement(BaseModel):
    """Note that somebody has an entitlement, and what ends by law with that."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    entitlement: Entitlement
    ends: Annotated[tuple[EndedByLaw, ...], Field(max_length=20)] = ()


class ChangeEntitlement(BaseModel):
    """Note until when it is printed, and until when it really is (a decision, a notice)."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    entitlement_id: UUID
    printed_until: date | None
    effective_until: date | None


class LetRunOut(BaseModel):
    """Note why nothing has to follow an entitlement."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    entitlement_id: UUID
    reason: Reason | None
