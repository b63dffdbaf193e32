"""Who acts: the principal that comes into every repository call."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    """What a person does in Nahtlos. ``system`` is the engine itself; no person has it."""

    CASE_MANAGER = "case_manager"
    AGENCY_MEMBER = "agency_member"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    CLIENT = "client"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION = "data_protection"
    SYSTEM = "system"


class Principal(BaseModel):
    """The person or the engine on whose behalf something happens.

    ``agency_id`` is the house the person works for; None for those who work for no agency.
    """

    model_config = ConfigDict(frozen=True)

    user_id: UUID
    role: Role
    agency_id: UUID | None = None

    @classmethod
    def system(cls) -> "Principal":
        """Return the engine as a principal: timers, dispatchers and commands act as this."""
        return cls(user_id=UUID(int=0), role=Role.SYSTEM)
