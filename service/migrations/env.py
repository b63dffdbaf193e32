"""Alembic's environment: runs the migrations as the role that owns the tables."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text

from service.all_tables import metadata
from service.database import Database
from service.migrations.lock import SCHEMA_LOCK


def _run(connection: Connection) -> None:
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": SCHEMA_LOCK})
    context.configure(connection=connection, target_metadata=metadata, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()
    # Web and workers look whether they fit the tables.
    role = context.config.attributes["app_role"]
    connection.execute(text(f'grant select on alembic_version to "{role}"'))


async def _connect_and_run() -> None:
    database = Database(context.config.attributes["url"])
    try:
        async with database.transaction() as connection:
            await connection.run_sync(_run)
    finally:
        await database.dispose()


asyncio.run(_connect_and_run())
