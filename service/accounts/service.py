"""What people and programs do with accounts."""

from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from service.accounts.credentials import Credentials
from service.accounts.passwords import hash_password, is_outdated, password_matches
from service.accounts.people import NewUser, SignedInUser, UserRow
from service.accounts.repository import Users
from service.accounts.secrets import digest, new_secret
from service.database import Database
from workflows.domain.principal import Principal

IDLE_LIMIT = timedelta(minutes=60)
"""A session ends when nothing was asked for this long."""

ABSOLUTE_LIMIT = timedelta(hours=12)
"""A session ends this long after signing in, whatever happens."""


class UnknownUserError(Exception):
    """There is no active user of that name."""


async def sign_in(
    database: Database, now: datetime, name: str, password: str, replaces: str | None = None
) -> str | None:
    """Return the secret of a new session, or None when name or password is wrong.

    ``replaces`` is the secret the browser came with: it ends here, so that nobody can plant
    a session before somebody else signs in with it. Who is unknown or inactive has to wait as
    long for the answer as who mistyped the password.
    """
    async with database.transaction() as connection:
        found = await Credentials(connection).password_of(name)
    if found is None:
        await hash_password(password)
        return None
    user_id, password_hash = found
    if not await password_matches(password, password_hash):
        return None
    newer_hash = await hash_password(password) if is_outdated(password_hash) else None
    secret = new_secret()
    async with database.transaction() as connection:
        credentials = Credentials(connection)
        if newer_hash:
            await credentials.replace_hash(user_id, newer_hash)
        if replaces:
            await credentials.close_session(digest(replaces))
        await credentials.open_session(
            digest(secret), user_id, new_secret(), now, now + ABSOLUTE_LIMIT
        )
    return secret


async def sign_out(database: Database, secret: str) -> None:
    """End the session."""
    async with database.transaction() as connection:
        await Credentials(connection).close_session(digest(secret))


async def principal_of_session(
    database: Database, now: datetime, secret: str
) -> SignedInUser | None:
    """Return who is signed in with this secret at ``now``, and note that they were seen."""
    async with database.transaction() as connection:
        return await Credentials(connection).user_of_session(digest(secret), now, IDLE_LIMIT)


async def principal_of_token(database: Database, secret: str) -> Principal | None:
    """Return whom a bearer token acts for."""
    async with database.reading() as connection:
        return await Credentials(connection).principal_of_token(digest(secret))


async def create_token(database: Database, principal: Principal, now: datetime, name: str) -> str:
    """Return a new bearer token for the user of that name; it cannot be shown again.

    Raises UnknownUserError when the principal sees no active user of that name.
    """
    secret = new_secret()
    async with database.transaction() as connection:
        users = Users(connection)
        user_id = await users.id_of(principal, name)
        if user_id is None:
            raise UnknownUserError(name)
        await users.add_token(principal, user_id, uuid7(), digest(secret), now)
    return secret


async def list_users(database: Database, principal: Principal) -> list[UserRow]:
    """Return the users whom the principal may see, by name."""
    async with database.transaction() as connection:
        return await Users(connection).all(principal)


async def add_user(database: Database, principal: Principal, now: datetime, new: NewUser) -> UUID:
    """Add a user and return the id.

    Raises PermissionError for others than administrators and the engine, and sqlalchemy's
    IntegrityError when the name is taken.
    """
    user_id = uuid7()
    password_hash = await hash_password(new.password)
    async with database.transaction() as connection:
        await Users(connection).add(principal, user_id, new, password_hash, now)
    return user_id


async def choose_language(database: Database, principal: Principal, language: str) -> None:
    """Set the language of the principal's own pages."""
    async with database.transaction() as connection:
        await Users(connection).choose_language(principal, language)
