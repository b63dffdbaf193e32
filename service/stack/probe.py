"""Whether a program answers, and whether it is the very process that we started."""

import asyncio
from http.client import HTTPConnection, HTTPException

import psutil

from service.stack.ports import HOST

TIMEOUT = 2.0  # seconds


def listens(pid: int, port: int) -> bool:
    """Whether the process itself, not just anybody, listens on `port`."""
    try:
        sockets = psutil.Process(pid).net_connections(kind="tcp")
    except psutil.Error:
        return False
    return any(s.status == psutil.CONN_LISTEN and s.laddr.port == port for s in sockets)


async def get(port: int, path: str) -> tuple[int, bytes]:
    """Return status and body of a GET request to this machine; (0, b"") if nobody answers."""
    return await asyncio.to_thread(_get, port, path)


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = HTTPConnection(HOST, port, timeout=TIMEOUT)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, HTTPException):
        return 0, b""
    finally:
        connection.close()
