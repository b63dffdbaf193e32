"""One state of the database, held while it is written out and people go on working."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from service.failure import Failure
from service.migrations.lock import SCHEMA_LOCK
from service.owner import connect_as_owner

RIGHTS = """
with whole as (
  select table_name, privilege_type from information_schema.role_table_grants
  where table_schema = 'public' and grantee = $1
), parts as (
  select table_name, privilege_type, string_agg(quote_ident(column_name), ', ') as columns
  from information_schema.role_column_grants
  where table_schema = 'public' and grantee = $1
    and (table_name, privilege_type) not in (table whole)
  group by table_name, privilege_type
)
select table_name, array_agg(verb order by verb) from (
  select table_name, privilege_type::text as verb from whole
  union all select table_name, privilege_type || ' (' || columns || ')' from parts
) as rights group by table_name order by table_name
"""
"""By table, what the role may do: ``SELECT``, or ``UPDATE (name, fax)`` for some columns only."""


@dataclass(frozen=True)
class Snapshot:
    """What must fit the dump exactly."""

    name: str
    """How `pg_dump` finds the same state."""
    schema_revision: str
    rights: dict[str, tuple[str, ...]]


@asynccontextmanager
async def snapshot(owner_url: str, application_role: str) -> AsyncIterator[Snapshot]:
    """Hold the present state, with its tables unchanged. Raises Failure while they are changed."""
    connection = await connect_as_owner(owner_url)
    try:
        # Before the transaction: its snapshot must not be older than the lock.
        if not await connection.fetchval("select pg_try_advisory_lock_shared($1)", SCHEMA_LOCK):
            raise Failure("The tables are being changed: back up when `nahtlos migrate` has ended.")
        await connection.execute("begin isolation level repeatable read read only")
        yield await _look(connection, application_role)
    finally:
        connection.terminate()  # the server ends transaction and lock, if it is still there


async def _look(connection: asyncpg.Connection, application_role: str) -> Snapshot:
    try:
        revision = await connection.fetchval("select version_num from alembic_version")
    except asyncpg.UndefinedTableError:
        revision = None
    if revision is None:
        raise Failure("There is nothing to back up: the database holds no tables of Nahtlos.")
    rights = await connection.fetch(RIGHTS, application_role)
    return Snapshot(
        name=await connection.fetchval("select pg_export_snapshot()"),
        schema_revision=revision,
        rights={table: tuple(verbs) for table, verbs in rights},
    )
