"""Whether the tables are those that this version works with."""

import asyncio
import contextlib
import logging
from functools import cache
from importlib.metadata import version
from pathlib import Path

import asyncpg
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from service.database import Database
from service.failure import Failure

MIGRATIONS = Path(__file__).parent / "migrations"

FIRST_REVISION = "0001"
RECORD = text("select version_num from alembic_version")

PAUSE = 1.0  # seconds

log = logging.getLogger(__name__)

DATABASE_AWAY = (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
"""What a database raises that does not answer; ``TimeoutError`` is an ``OSError``."""


@cache
def known_revisions() -> tuple[str, ...]:
    """Return every revision that this version knows, the newest first.

    Read once: a running process goes on with what it was started with, while a newer version is
    installed over its files.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return tuple(found.revision for found in ScriptDirectory.from_config(config).walk_revisions())


def fault_of(revision: str | None) -> str | None:
    """Say in one sentence why this version cannot work with such tables; None if it can."""
    if revision is None:
        return "The tables of Nahtlos are missing: run `nahtlos migrate`."
    if revision not in known_revisions():
        return (
            f"The tables were made by a newer version (revision {revision}) than this one "
            f"({version('nahtlos')}): install that version or a later one."
        )
    newest = known_revisions()[0]
    if revision != newest:
        return (
            f"The tables are those of an older version (revision {revision}, needed is {newest}): "
            "stop web and workers, and run `nahtlos migrate`."
        )
    return None


async def find_fault(database: Database) -> str | None:
    """Say what is wrong with the tables of a database; None if they fit this version."""
    return fault_of(await find_revision(database))


async def find_revision(database: Database) -> str | None:
    """Return the revision of the tables; None if there are none yet."""
    try:
        async with database.transaction() as connection:
            revision: str | None = await connection.scalar(RECORD)
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) == asyncpg.UndefinedTableError.sqlstate:
            return None
        return FIRST_REVISION  # which does not let the application read the record
    return revision


async def refuse_other_tables(database: Database) -> None:
    """Raise Failure unless the tables fit. A database that is away is waited for elsewhere."""
    with contextlib.suppress(*DATABASE_AWAY):
        if fault := await find_fault(database):
            raise Failure(fault)


async def until_the_tables_fit(database: Database) -> None:
    """Return once the database answers and its tables fit. Raises Failure if they do not.

    That it does not answer is logged once.
    """
    told = False
    while True:
        try:
            fault = await find_fault(database)
        except DATABASE_AWAY:
            if not told:
                log.warning("The database does not answer: the worker waits for it.")
            told = True
            await asyncio.sleep(PAUSE)
        else:
            break
    if fault:
        raise Failure(fault)


async def refuse_newer_tables(url: str) -> None:
    """Raise Failure if the database was made by a newer version: it cannot be brought up to date.

    A database that is away has its own way of being noticed.
    """
    database = Database(url)
    try:
        with contextlib.suppress(*DATABASE_AWAY):
            revision = await find_revision(database)
            if revision and revision not in known_revisions():
                raise Failure(str(fault_of(revision)))
    finally:
        await database.dispose()
