"""The queries that find out who somebody is: they come before there is a principal."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.people import SignedInUser
from service.accounts.tables import sessions, tokens, users
from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.agencies.tables import agencies
from service.installation.demo import demo_is_here
from workflows.domain.principal import Principal, Role

SEEN_AGAIN_AFTER = timedelta(minutes=1)
"""How old ``last_seen_at`` may grow before it is written anew: spares a write per request."""


class Credentials:
    """Passwords, sessions and tokens in the database."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work in the transaction of that connection."""
        self._connection = connection

    async def password_of(self, name: str) -> tuple[UUID, str] | None:
        """Return id and password hash of the active user who signs in under that name."""
        query = select(users.c.id, users.c.password_hash).where(
            users.c.name == name, users.c.active.is_(True)
        )
        row = (await self._connection.execute(query)).one_or_none()
        return (row.id, row.password_hash) if row else None

    async def replace_hash(self, user_id: UUID, password_hash: str) -> None:
        """Store a hash of the same password, made with newer parameters."""
        await self._connection.execute(
            update(users).where(users.c.id == user_id).values(password_hash=password_hash)
        )

    async def open_session(
        self,
        token_hash: bytes,
        user_id: UUID,
        csrf_token: str,
        now: datetime,
        expires_at: datetime,
    ) -> None:
        """Add a session, and clear away what has expired of this user's earlier ones."""
        await self._connection.execute(
            delete(sessions).where(sessions.c.user_id == user_id, sessions.c.expires_at <= now)
        )
        await self._connection.execute(
            insert(sessions).values(
                token_hash=token_hash,
                user_id=user_id,
                csrf_token=csrf_token,
                created_at=now,
                last_seen_at=now,
                expires_at=expires_at,
            )
        )

    async def close_session(self, token_hash: bytes) -> None:
        """Delete the session, if it is there."""
        await self._connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))

    async def user_of_session(
        self, token_hash: bytes, now: datetime, idle_limit: timedelta
    ) -> SignedInUser | None:
        """Return who uses the session now, or None once it is over or its user is inactive."""
        query = (
            select(
                users.c.id,
                users.c.name,
                users.c.display_name,
                users.c.role,
                users.c.agency_id,
                users.c.language,
                agencies.c.name.label("agency_name"),
                agencies.c.legal_area,
                sessions.c.csrf_token,
                sessions.c.last_seen_at,
                demo_is_here().label("in_demo"),
            )
            .select_from(
                sessions.join(users).outerjoin(agencies, agencies.c.id == users.c.agency_id)
            )
            .where(
                sessions.c.token_hash == token_hash,
                sessions.c.expires_at > now,
                sessions.c.last_seen_at > now - idle_limit,
                users.c.active.is_(True),
            )
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        if now - row.last_seen_at >= SEEN_AGAIN_AFTER:
            await self._connection.execute(
                update(sessions).where(sessions.c.token_hash == token_hash).values(last_seen_at=now)
            )
        return SignedInUser(
            principal=Principal(user_id=row.id, role=Role(row.role), agency_id=row.agency_id),
            name=row.name,
            display_name=row.display_name,
            agency_name=row.agency_name,
            works_in_office=row.legal_area == INTEGRATION_MANAGEMENT,
            language=row.language,
            csrf_token=row.csrf_token,
            in_demo=row.in_demo,
        )

    async def principal_of_token(self, token_hash: bytes) -> Principal | None:
        """Return whom the token acts for, unless it was revoked or its user is inactive."""
        token = {"of_token": token_hash}
        row = (await self._connection.execute(_USER_OF_TOKEN, token)).one_or_none()
        if row is None:
            return None
        return Principal(user_id=row.id, role=Role(row.role), agency_id=row.agency_id)


# Put together once: that costs more than sending it.
_USER_OF_TOKEN = (
    select(users.c.id, users.c.role, users.c.agency_id)
    .select_from(tokens.join(users))
    .where(
        tokens.c.token_hash == bindparam("of_token"),
        tokens.c.revoked_at.is_(None),
        users.c.active.is_(True),
    )
)
