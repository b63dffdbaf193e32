"""Does the embedded stack run, with every program that belongs to it?"""

from service.doctor.results import Fault, NotAsked, Result, Well
from service.doctor.subject import Subject


class StackCheck:
    """Looks at the processes that the supervisor noted."""

    name = "stack"

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    async def run(self) -> Result:
        """Say whether it runs. A stopped one is no fault."""
        run, root = self._subject.run, self._subject.data.root
        if run is None:
            if self._subject.settings.database_url:
                return NotAsked("None runs here: the settings say where the servers are.")
            return NotAsked(f"It is stopped on {root}: `nahtlos up` starts it.")
        ended = [name for name, process in run.children.items() if not process.running()]
        if ended:
            return Fault(
                f"Of the stack on {root}, these have ended: {', '.join(ended)}.",
                f"Look at the end of {self._subject.data.logs / ended[0]}.log, then start it anew.",
            )
        return Well(f"It runs on {root}: {', '.join(run.children)}.")
