"""The mark of a demo: what it guards against is invented people among real ones."""

from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tables import users
from service.installation.tables import demo_world


class InUse(Exception):
    """Somebody works with this Nahtlos: invented people do not belong there."""


def demo_is_here() -> ColumnElement[bool]:
    """Return the condition, for queries that have something else to find out as well."""
    return exists(select(demo_world.c.here))


async def is_demo(connection: AsyncConnection) -> bool:
    """Tell whether the people here are invented."""
    return bool(await connection.scalar(select(demo_is_here())))


async def begin_demo(connection: AsyncConnection, now: datetime) -> bool:
    """Mark an empty Nahtlos as a demo; return whether there is anything left to load.

    Raises InUse where there are accounts, but no mark.
    """
    marked = await connection.execute(
        insert(demo_world).values(here=True, since=now).on_conflict_do_nothing()
    )
    if marked.rowcount and await connection.scalar(select(exists(select(users.c.id)))):
        raise InUse
    complete = await connection.scalar(select(demo_world.c.complete_since))
    return complete is None


async def finish_demo(connection: AsyncConnection, now: datetime) -> None:
    """Note that everything is there."""
    await connection.execute(update(demo_world).values(complete_since=now))


def is_this_machine(public_url: str) -> bool:
    """Tell whether only people at this machine reach that address."""
    host = urlsplit(public_url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
