"""By what the data of a server are recognised, so that nobody talks to another server's.

An orphaned server keeps its port, and a client would connect to it unnoticed. So a server
counts as ours only if it is the process that we started and serves the data that we know.
"""

from pathlib import Path

from service.stack.files import read_json, write_json

SCHEMA = "schema"
"""Beside the servers: the revision of the tables, so that a stopped stack can tell it."""


class Identities:
    """Remembers one identity for each server of the stack in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def known(self, server: str) -> str | None:
        """Return the remembered identity of the server's data; None before its first start."""
        known: str | None = read_json(self._file).get(server)
        return known

    def remember(self, server: str, identity: str) -> None:
        """Take `identity` as that of the server's data from now on."""
        if identity != self.known(server):
            write_json(self._file, {**read_json(self._file), server: identity})
