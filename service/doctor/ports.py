"""Is the port of the pages free, or in the right hands? The same for the servers of the stack."""

import asyncio
from urllib.parse import urlsplit

import psutil

from service.doctor.results import Fault, Result, Well
from service.doctor.subject import Subject
from service.stack.ports import HOST, is_free
from service.stack.probe import listens
from service.stack.runfile import RunFile


class PortCheck:
    """A stopped stack needs a free port for its pages; a running one holds its own."""

    name = "port"

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    async def run(self) -> Result:
        """Look who listens."""
        return await asyncio.to_thread(self._look)

    def _look(self) -> Result:
        run = self._subject.run
        return _held_by_others(run) if run else _free(self._subject.port)


def _free(port: int) -> Result:
    if port == 0 or is_free(port):
        return Well(f"Port {port} is free." if port else "Any free port will be taken.")
    return Fault(
        f"Port {port} is taken by {_listener(port)}.",
        "Stop that program, or start Nahtlos with another port: `nahtlos up --port 0` finds one.",
    )


def _held_by_others(run: RunFile) -> Result:
    wanted = _ports(run)
    for program, port in wanted.items():
        if not listens(run.children[program].pid, port) and not is_free(port):
            return Fault(
                f"Port {port} of {program} is taken by {_listener(port)}.",
                "Stop that program; Nahtlos then starts its own again.",
            )
    return Well(f"Our programs hold ports {', '.join(str(port) for port in wanted.values())}.")


def _ports(run: RunFile) -> dict[str, int]:
    """Return the ports of those programs of the stack whose addresses are known."""
    addresses = {
        "postgresql": run.settings.get("database_url"),
        "temporal": f"//{run.settings.get('temporal_address')}",
        "mail": run.settings.get("smtp_url"),
        "web": run.settings.get("public_url"),
    }
    places = {name: urlsplit(address or "") for name, address in addresses.items()}
    return {
        name: place.port
        for name, place in places.items()
        if name in run.children and place.hostname == HOST and place.port
    }


def _listener(port: int) -> str:
    """Name the program that listens on a port, as far as we may know."""
    try:
        for socket in psutil.net_connections(kind="tcp"):
            if socket.status == psutil.CONN_LISTEN and socket.laddr[1:2] == (port,) and socket.pid:
                return f"`{psutil.Process(socket.pid).name()}` (process {socket.pid})"
    except psutil.Error:
        pass
    return "another program"
