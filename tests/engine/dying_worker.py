"""A worker that dies by its own hand right after a ledger entry was committed.

``python -m tests.engine.dying_worker TASK_QUEUE ENTRIES``
"""

import asyncio
import os
import signal
import sys

from service.bootstrap import container_for
from service.database import Database
from service.ledger.ledger import PostgresLedger
from service.settings import Settings
from service.worker import Ports, build_worker
from workflows.messages import CaseEntry, Recorded, ReferralEntry


class FatalLedger(PostgresLedger):
    """The real ledger; with the last of ``entries`` the process is gone before it can answer."""

    def __init__(self, database: Database, entries: int) -> None:
        super().__init__(database)
        self._left = entries

    async def record_case(self, entry: CaseEntry) -> Recorded:
        return self._or_die(await super().record_case(entry))

    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        return self._or_die(await super().record_referral(entry))

    def _or_die(self, recorded: Recorded) -> Recorded:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return recorded


async def work(task_queue: str, entries: int) -> None:
    async with container_for(Settings(), for_worker=True) as container:
        ledger = FatalLedger(container.database, entries)
        async with build_worker(container.client, Ports.on(container.database, ledger), task_queue):
            await asyncio.Event().wait()


asyncio.run(work(sys.argv[1], int(sys.argv[2])))
