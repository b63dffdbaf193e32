"""Ports of the stack's programs: free when chosen, and the same again at the next start."""

import random
import socket
from pathlib import Path

from service.failure import Failure
from service.stack.files import read_json, write_json

HOST = "127.0.0.1"

# Below the range from which systems take the ports of outgoing connections: a program that
# is restarted finds its port still free.
CANDIDATES = range(20_000, 30_000)


class Ports:
    """Gives each program its port and remembers it in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, int] = read_json(file)

    def of(self, name: str) -> int:
        """Return the port that `name` had before, or a free one."""
        port = self._known.get(name)
        if port is None or not is_free(port):
            port = self._known[name] = self._choose()
            write_json(self._file, self._known)
        return port

    def _choose(self) -> int:
        taken = set(self._known.values())
        shuffled = random.sample(CANDIDATES, len(CANDIDATES))
        for port in shuffled:
            if port not in taken and is_free(port):
                return port
        raise Failure("No port is free on this machine: stop a program that listens on many.")


def is_free(port: int) -> bool:
    """Whether nobody listens on `port` of this machine."""
    with socket.socket() as probe:
        # Connections of a server that has just ended linger; they do not hinder a new one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
