"""A program that uses the API over real HTTP, as cheaply as Python can."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from types import TracebackType
from typing import Self
from uuid import UUID

from service.stack.ports import HOST
from tests.bench.stage import CLARAS_TOKEN
from workflows.domain.actions import Action

HEADERS = {"Authorization": f"Bearer {CLARAS_TOKEN}"}
OK = 200


class Programs:
    """So many programs at once: each with a connection of its own, in a thread of its own."""

    def __init__(self, port: int, many: int) -> None:
        self._connections = [HTTPConnection(HOST, port) for _ in range(many)]
        self._threads = ThreadPoolExecutor(many)

    def __enter__(self) -> Self:
        """Connect."""
        for connection in self._connections:
            connection.connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self._threads.shutdown()
        for connection in self._connections:
            connection.close()

    async def accept(self, referral_id: UUID) -> None:
        """Accept a referral in Clara's name."""
        path = f"/api/v1/referrals/{referral_id}/{Action.ACCEPT}"
        await asyncio.get_running_loop().run_in_executor(self._threads, self._post, path)

    def _post(self, path: str) -> None:
        connection = self._connections.pop()
        try:
            connection.request("POST", path, headers=HEADERS)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            self._connections.append(connection)
        if answer.status != OK:
            raise RuntimeError(content.decode())
