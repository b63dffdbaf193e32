"""People of one's own house: whom work can be given to."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tables import users
from service.reference import as_uuid
from workflows.domain.principal import Principal, Role


@dataclass(frozen=True)
class Colleague:
    """An active person of the same house."""

    id: UUID
    display_name: str


class Colleagues:
    """Reads the people of the principal's own agency."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Take the connection of a transaction."""
        self._connection = connection

    async def find(self, principal: Principal, reference: str, role: Role) -> UUID | None:
        """Return the id of an active colleague in that role, by id or user name, or None."""
        found: UUID | None = await self._connection.scalar(
            select(users.c.id).where(
                users.c.agency_id == principal.agency_id,
                users.c.role == role,
                users.c.active,
                or_(users.c.name == reference, users.c.id == cast(as_uuid(reference), Uuid)),
            )
        )
        return found

    async def all(self, principal: Principal, role: Role) -> list[Colleague]:
        """List the active colleagues in that role, by name."""
        rows = await self._connection.execute(
            select(users.c.id, users.c.display_name)
            .where(users.c.agency_id == principal.agency_id, users.c.role == role, users.c.active)
            .order_by(users.c.sort_key, users.c.id)
        )
        return [Colleague(row.id, row.display_name) for row in rows]
