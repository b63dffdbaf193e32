"""The Temporal server: a process that serves the database file in the data directory."""

import json
import os
import signal
from collections.abc import Callable

from service.failure import Failure
from service.stack.binaries import temporal_program
from service.stack.identity import Identities
from service.stack.layout import DataDirectory
from service.stack.ports import HOST, Ports
from service.stack.probe import get, listens
from service.stack.program import Launch

NEW_HISTORY = (
    "Temporal starts with an empty database file: `nahtlos engine rebuild` brings the running "
    "cases back."
)


class Temporal:
    """The embedded workflow engine."""

    name = "temporal"

    def __init__(self, data: DataDirectory, ports: Ports, announce: Callable[[str], None]) -> None:
        self._data = data
        self._port = ports.of("temporal")
        self._http_port = ports.of("temporal-http")
        self._ui_port = ports.of("temporal-ui")
        self._metrics_port = ports.of("temporal-metrics")
        self._identities = Identities(data.identities)
        self._announce = announce
        self._starts_empty = False

    @property
    def address(self) -> str:
        """HOST:PORT for clients."""
        return f"{HOST}:{self._port}"

    @property
    def ui_url(self) -> str:
        """Where a person can look into the engine."""
        return f"http://{HOST}:{self._ui_port}"

    async def prepare(self) -> None:
        """See whether the engine's memory is there."""
        self._starts_empty = not self._data.engine.exists()

    def launch(self) -> Launch:
        """Start the server so that an acknowledged act survives a power cut."""
        return Launch(
            command=(
                *(str(temporal_program()), "server", "start-dev", "--ip", HOST),
                *("--db-filename", str(self._data.engine)),
                *("--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=full"),
                *("--port", str(self._port), "--http-port", str(self._http_port)),
                *("--ui-port", str(self._ui_port), "--metrics-port", str(self._metrics_port)),
            ),
            environment={k: v for k, v in os.environ.items() if not k.startswith("TEMPORAL_")},
            stop_signal=signal.SIGINT,
        )

    async def ready(self, pid: int) -> bool:
        """Whether process `pid` serves and its data are ours.

        The data are recognised by the id of the namespace `default`, which the server draws
        when it creates the database file. Raises Failure if somebody exchanged the file.
        """
        if not listens(pid, self._port) or not listens(pid, self._http_port):
            return False
        status, body = await get(self._http_port, "/api/v1/namespaces/default")
        if status != 200:  # noqa: PLR2004  (HTTP: OK)
            return False
        identity: str = json.loads(body)["namespaceInfo"]["id"]
        known = self._identities.known(self.name)
        if known not in (None, identity):
            if not self._starts_empty:
                raise Failure(
                    f"{self._data.engine} is not the file that this data directory was made "
                    f"with: put the right one back, or remove it."
                )
            self._announce(NEW_HISTORY)
        self._identities.remember(self.name, identity)
        return True
