"""What the accounts hand out about people."""

from dataclasses import dataclass
from uuid import UUID

from service.sorting import sort_key
from workflows.domain.principal import Principal, Role


@dataclass(frozen=True)
class SignedInUser:
    """The person behind a session. ``csrf_token`` belongs to this session alone.

    ``works_in_office``: the house is an office of the integration management, where cases are
    opened; every other house receives requests. ``in_demo``: the people here are invented.
    """

    principal: Principal
    name: str
    display_name: str
    agency_name: str | None
    works_in_office: bool
    language: str
    csrf_token: str
    in_demo: bool


@dataclass(frozen=True)
class UserRow:
    """One line of the list of users."""

    id: UUID
    name: str
    display_name: str
    role: Role
    agency_id: UUID | None
    active: bool


@dataclass(frozen=True)
class NewUser:
    """What is needed to add a user. ``language``: ``de`` or ``en``."""

    name: str
    display_name: str
    role: Role
    agency_id: UUID | None
    password: str
    email: str
    language: str = "de"

    @property
    def sort_key(self) -> str:
        """What orders people by name."""
        return sort_key(self.display_name)
