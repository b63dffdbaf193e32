"""What the accounts hand out about people."""

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from workflows.domain.principal import Principal, Role


@dataclass(frozen=True)
class SignedInUser:
    """The person behind a session. ``csrf_token`` belongs to this session alone.

    ``works_in_office``: the house is an office of the integration management, where cases are
    opened; every other house receives requests.
    """

    principal: Principal
    name: str
    display_name: str
    agency_name: str | None
    works_in_office: bool
    language: str
    csrf_token: str


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
        """What orders names as DIN 5007-1 does: case and umlaut dots do not count, ß is ss."""
        decomposed = unicodedata.normalize("NFKD", self.display_name.casefold())
        return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
