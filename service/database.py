"""The connection to PostgreSQL."""

import asyncio
import socket as net
from asyncio.trsock import TransportSocket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import AF_UNIX, IPPROTO_TCP, SO_KEEPALIVE, SOL_SOCKET

import asyncpg
from pydantic_core import from_json, to_json
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import PoolProxiedConnection

CONNECTIONS = 15
"""Kept once they are open: a new one costs as much as dozens of statements."""

SECONDS_TO_WAIT = 10
_PATIENCE_BY_OPTION = {
    "TCP_KEEPIDLE": 15,
    "TCP_KEEPINTVL": 5,
    "TCP_KEEPCNT": 3,
    "TCP_USER_TIMEOUT": 20_000,
}
"""Seconds, but for the last: milliseconds until what was sent has to be acknowledged."""

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
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=SECONDS_TO_WAIT,
            json_serializer=_as_json,
            json_deserializer=from_json,
            # Statement parameters are names and notes: they must not reach a log in an error.
            hide_parameters=True,
        )
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        event.listen(self._engine.sync_engine, "checkout", _refuse_closed)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction: committed at the end, rolled back on any error."""
        async with self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection for a single query, which needs no transaction around it.

        Beginning and ending one would take twice as long as the query.
        """
        async with self._reading.connect() as connection:
            yield connection

    async def dispose(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


async def _connect(url: str) -> asyncpg.Connection:
    connection = await asyncpg.connect(
        url,
        timeout=SECONDS_TO_WAIT,
        server_settings={
            "timezone": "UTC",
            "application_name": "nahtlos",
            # The server lets go of what a machine held that has vanished.
            "tcp_keepalives_idle": "15",
            "tcp_keepalives_interval": "5",
            "tcp_keepalives_count": "3",
        },
    )
    # The driver has no public way to its socket.
    _give_up_on_silence(connection._transport.get_extra_info("socket"))  # noqa: SLF001
    return connection


def _give_up_on_silence(socket: TransportSocket) -> None:
    """Have the operating system break a connection whose other end has vanished."""
    if socket.family == AF_UNIX:
        return
    socket.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)
    for option, value in _PATIENCE_BY_OPTION.items():
        if hasattr(net, option):  # some systems have not all of them
            socket.setsockopt(IPPROTO_TCP, getattr(net, option), value)


def _refuse_closed(
    connection: asyncpg.Connection, _record: object, _proxy: PoolProxiedConnection
) -> None:
    """Have the pool replace a connection that the server has closed.

    The driver knows of it as soon as the server is gone, so nothing needs to be asked; what
    SQLAlchemy's own test asks takes three times as long as a short transaction.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _as_json(value: object) -> str:
    """Write what goes into a JSON column: plain values, or a model as it is."""
    return to_json(value).decode()
