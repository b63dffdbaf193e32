"""Are the tables those that this version works with?"""

from service.doctor.results import Fault, Result, Well
from service.doctor.subject import Subject
from service.schema import fault_of, find_revision, known_revisions


class TablesCheck:
    """Looks for migrations that have not run. Tables of a newer version: see ``VersionCheck``."""

    name = "tables"

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    async def run(self) -> Result:
        """Compare the revision of the tables with the newest that we know."""
        revision = await revision_of(self._subject)
        fault = fault_of(revision) if revision in {None, *known_revisions()} else None
        if fault:
            return fault_from(fault)
        return Well(f"No migration is missing (revision {revision}).")


async def revision_of(subject: Subject) -> str | None:
    """Return the revision of the tables; None if there are none. Raises CannotAsk."""
    async with subject.database() as database:
        return await find_revision(database)


def fault_from(sentence: str) -> Fault:
    """Part a sentence of the form "what happened: what to do."."""
    says, _, do = sentence.partition(": ")
    return Fault(f"{says}.", do[:1].upper() + do[1:])
