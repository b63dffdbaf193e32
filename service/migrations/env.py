"""Alembic's environment: runs the migrations as the role that owns the tables."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from service.all_tables import metadata
from service.database import Database


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()


async def _connect_and_run() -> None:
    database = Database(context.config.attributes["url"])
    try:
        async with database.transaction() as connection:
            await connection.run_sync(_run)
    finally:
        await database.dispose()


asyncio.run(_connect_and_run())
