"""The queries about users. Only administrators and the engine see or change all of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.people import NewUser, UserRow
from service.accounts.tables import tokens, users
from workflows.domain.principal import Principal, Role

LOOKS_AFTER_USERS = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})


class Users:
    """Users in the database."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work in the transaction of that connection."""
        self._connection = connection

    async def all(self, principal: Principal) -> list[UserRow]:
        """Return the users whom the principal may see, by name."""
        query = (
            select(
                users.c.id,
                users.c.name,
                users.c.display_name,
                users.c.role,
                users.c.agency_id,
                users.c.active,
            )
            .where(_within_reach(principal))
            .order_by(users.c.sort_key, users.c.id)
        )
        rows = await self._connection.execute(query)
        return [
            UserRow(row.id, row.name, row.display_name, Role(row.role), row.agency_id, row.active)
            for row in rows
        ]

    async def id_of(self, principal: Principal, name: str) -> UUID | None:
        """Return the id of the active user of that name whom the principal may see."""
        query = select(users.c.id).where(
            users.c.name == name, users.c.active.is_(True), _within_reach(principal)
        )
        found: UUID | None = (await self._connection.execute(query)).scalar_one_or_none()
        return found

    async def add(
        self,
        principal: Principal,
        user_id: UUID,
        new: NewUser,
        password_hash: str,
        now: datetime,
    ) -> None:
        """Add a user.

        Raises PermissionError for others than administrators and the engine.
        """
        if principal.role not in LOOKS_AFTER_USERS:
            raise PermissionError("Only an administrator can add users.")
        await self._connection.execute(
            insert(users).values(
                id=user_id,
                name=new.name,
                display_name=new.display_name,
                sort_key=new.sort_key,
                role=new.role.value,
                agency_id=new.agency_id,
                password_hash=password_hash,
                email=new.email,
                language=new.language,
                active=True,
                created_at=now,
            )
        )

    async def choose_language(self, principal: Principal, language: str) -> None:
        """Set the language of the principal's own pages."""
        await self._connection.execute(
            update(users).where(users.c.id == principal.user_id).values(language=language)
        )

    async def add_token(
        self, principal: Principal, user_id: UUID, token_id: UUID, token_hash: bytes, now: datetime
    ) -> None:
        """Add a bearer token for the user.

        Raises PermissionError when that is neither the principal nor within its reach.
        """
        if principal.role not in LOOKS_AFTER_USERS and principal.user_id != user_id:
            raise PermissionError("Only an administrator can create a token for somebody else.")
        await self._connection.execute(
            insert(tokens).values(
                id=token_id, token_hash=token_hash, user_id=user_id, created_at=now
            )
        )


def _within_reach(principal: Principal) -> ColumnElement[bool]:
    if principal.role in LOOKS_AFTER_USERS:
        return true()
    return users.c.id == principal.user_id
