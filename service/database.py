"""The connection to PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

CONNECTIONS_KEPT = 5
CONNECTIONS_AT_MOST = 15
SECONDS_TO_WAIT = 10
PAUSES = (0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts to connect: a restart after a crash takes about half a second."""


class Database:
    """A pool of connections to one database.

    ``url`` is a libpq address such as ``postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=require``;
    asyncpg reads every part of it itself, the TLS options too.
    """

    def __init__(self, url: str) -> None:
        """Prepare the pool; the first transaction opens the first connection."""

        async def connect() -> asyncpg.Connection:
            """Connect; a server that is just being started again is waited for."""
            for pause in PAUSES:
                try:
                    return await _connect(url)
                except (ConnectionError, asyncpg.CannotConnectNowError):
                    await asyncio.sleep(pause)
            return await _connect(url)

        self._engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=connect,
            pool_size=CONNECTIONS_KEPT,
            max_overflow=CONNECTIONS_AT_MOST - CONNECTIONS_KEPT,
            pool_timeout=SECONDS_TO_WAIT,
            pool_pre_ping=True,
            # Statement parameters are names and notes: they must not reach a log in an error.
            hide_parameters=True,
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction: committed at the end, rolled back on any error."""
        async with self._engine.begin() as connection:
            yield connection

    async def dispose(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def _connect(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(
        url,
        timeout=SECONDS_TO_WAIT,
        server_settings={"timezone": "UTC", "application_name": "nahtlos"},
    )
