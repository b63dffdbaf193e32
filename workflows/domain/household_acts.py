"""What changes who belongs to a household. No names and no birth dates: people go by their ids."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from workflows.domain.case_state import MOST_MEMBERS
from workflows.domain.principal import Principal
from workflows.domain.reasons import LeavingReason

Household = Annotated[tuple[UUID, ...], Field(max_length=MOST_MEMBERS)]
"""Everybody who belongs to it, or did, as far as the sender of the act knows."""


class AddMember(BaseModel):
    """Take somebody into the household, from that day on (in Berlin)."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    member_id: UUID
    household: Household
    joined_on: date


class RemoveMember(BaseModel):
    """Note that somebody belongs to the household no more, from that day on (in Berlin)."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    member_id: UUID
    household: Household
    left_on: date
    reason: LeavingReason
    note_id: UUID | None = None
