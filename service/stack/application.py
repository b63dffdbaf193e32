"""Our own processes as programs of the stack: worker and web; migration and demo as single runs."""

import sys
from collections.abc import Mapping

from service.stack.probe import get, listens
from service.stack.program import Launch

OK = 200


def command(environment: Mapping[str, str], *arguments: str) -> Launch:
    """Return how `nahtlos ARGUMENTS` is started."""
    return Launch((sys.executable, "-m", "service.cli", *arguments), environment)


class Worker:
    """Does what the workflows ask for."""

    name = "worker"

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    async def prepare(self) -> None:
        """Nothing is needed."""

    def launch(self) -> Launch:
        """Start the worker."""
        return command(self._environment, "worker")

    async def ready(self, pid: int) -> bool:  # noqa: ARG002
        """Say yes: nobody connects to a worker; `/readyz` tells whether it polls the engine."""
        return True


class Web:
    """Serves pages and API."""

    name = "web"

    def __init__(self, environment: Mapping[str, str], port: int) -> None:
        self._environment = environment
        self._port = port

    async def prepare(self) -> None:
        """Nothing is needed."""

    def launch(self) -> Launch:
        """Start the web server."""
        return command(self._environment, "web", "--port", str(self._port))

    async def ready(self, pid: int) -> bool:
        """Whether process `pid` answers."""
        return listens(pid, self._port) and (await get(self._port, "/healthz"))[0] == OK

    async def reaches_everything(self) -> bool:
        """Whether database, engine and worker can be reached too."""
        return (await get(self._port, "/readyz"))[0] == OK
