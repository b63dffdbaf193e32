"""The first administrator: whoever has started this Nahtlos shows the code that it printed."""

import hmac
import secrets
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.accounts.passwords import hash_password
from service.accounts.people import NewUser
from service.accounts.repository import Users
from service.accounts.secrets import digest
from service.accounts.tables import users
from service.database import Database
from service.installation.tables import set_up_code
from workflows.domain.principal import Principal, Role

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1, which look like each other on paper."""

GROUPS, LETTERS_OF_A_GROUP = 4, 4
"""Eighty bits: beyond guessing, so that a plain SHA-256 of it is safe to keep."""

WRONG_TRIES = 5


class NotNeeded(Exception):
    """There is an administrator already."""


class WrongCode(Exception):
    """This is not the code."""


class CodeUsedUp(Exception):
    """There is no code, or it was tried wrongly too often: the next start makes a new one."""


async def administrator_is_missing(connection: AsyncConnection) -> bool:
    """Tell whether nobody can look after the accounts yet."""
    administrators = select(users.c.id).where(users.c.role == Role.ADMINISTRATOR)
    return not await connection.scalar(select(exists(administrators)))


async def nobody_has_an_account(connection: AsyncConnection) -> bool:
    """Tell whether nobody can sign in yet."""
    return not await connection.scalar(select(exists(select(users.c.id))))


async def new_set_up_code(database: Database, now: datetime) -> str | None:
    """Return a fresh code, which replaces the one before; None once it is of no use."""
    async with database.transaction() as connection:
        await connection.execute(delete(set_up_code))
        if not await administrator_is_missing(connection):
            return None
        groups = [_letters() for _ in range(GROUPS)]
        code_hash = digest("".join(groups))
        await connection.execute(insert(set_up_code).values(code_hash=code_hash, created_at=now))
    return "-".join(groups)


async def add_first_administrator(
    database: Database, now: datetime, code: str, new: NewUser
) -> None:
    """Add the account and make the code useless.

    Raises NotNeeded, CodeUsedUp, WrongCode, and sqlalchemy's IntegrityError when the name is
    taken.
    """
    async with database.transaction() as connection:
        is_right = await _is_right(connection, code)
    if not is_right:
        raise WrongCode
    password_hash = await hash_password(new.password)  # takes its time: only for who has the code
    async with database.transaction() as connection:
        is_right = await _is_right(connection, code)
        if is_right:
            await Users(connection).add(Principal.system(), uuid7(), new, password_hash, now)
            await connection.execute(delete(set_up_code))
    if not is_right:
        raise WrongCode


async def _is_right(connection: AsyncConnection, code: str) -> bool:
    """Check the code and count a wrong one. The row's lock lets one at a time try."""
    kept = (await connection.execute(select(set_up_code).with_for_update())).one_or_none()
    if not await administrator_is_missing(connection):
        raise NotNeeded
    if kept is None or kept.wrong_tries >= WRONG_TRIES:
        raise CodeUsedUp
    if hmac.compare_digest(kept.code_hash, digest(_as_made(code))):
        return True
    await connection.execute(update(set_up_code).values(wrong_tries=kept.wrong_tries + 1))
    return False


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LETTERS_OF_A_GROUP))


def _as_made(typed: str) -> str:
    """Return what was typed without what only helps the eye."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
