"""Does a worker ask the engine for work?"""

import socket

import psutil
from temporalio.service import RPCError

from service.clock import Clock
from service.doctor.results import CannotAsk, Fault, Result, Well
from service.doctor.subject import Subject
from service.engine.pollers import Poller, recent_pollers
from workflows.names import TASK_QUEUE


class WorkerCheck:
    """Asks Temporal who has polled. It remembers the dead for a while: we look who lives."""

    name = "worker"

    def __init__(self, subject: Subject, clock: Clock, task_queue: str = TASK_QUEUE) -> None:
        self._subject = subject
        self._clock = clock
        self._task_queue = task_queue

    async def run(self) -> Result:
        """Count those that live."""
        client = await self._subject.engine()
        try:
            pollers = await recent_pollers(client, self._task_queue, self._clock.now())
        except RPCError:
            raise CannotAsk("The engine cannot be asked.") from None
        living = [poller for poller in pollers if not _has_died(poller)]
        if living:
            return Well(f"Workers that ask for work: {len(living)}.")
        return Fault(
            "No worker asks for work: acts stay unconfirmed, and no mail is sent.",
            "Start one with `nahtlos worker`; the embedded one writes to logs/worker.log.",
        )


def _has_died(poller: Poller) -> bool:
    """Tell whether a worker ran on this machine and does no more."""
    pid, _, host = poller.identity.partition("@")
    return host == socket.gethostname() and pid.isdigit() and not psutil.pid_exists(int(pid))
