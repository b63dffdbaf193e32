"""A Temporal server whose time does not pass but is skipped: a year takes seconds.

One for each test, with the workflows of one family: many timers at once are too much for it.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from temporalio.api.testservice.v1 import UnlockTimeSkippingRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

BREATH = 0.02  # seconds
"""The server trips over an update that comes while it deals with what happened last."""

STUCK = 12  # seconds
"""The server holds its time while something is under way, and now and then it forgets to let it go
on when a workflow ends. This is longer than the ten seconds after which it tries a task again.
"""


class SkippedTime:
    """The server, and the time that it was last seen at (the port ``service.clock.Clock``)."""

    def __init__(self, environment: WorkflowEnvironment, now: datetime) -> None:
        self._environment = environment
        self._now = now

    @property
    def client(self) -> Client:
        """A client of the server."""
        return self._environment.client

    def now(self) -> datetime:
        """Return the time that it was last seen at."""
        return self._now

    async def pass_by(self, time: timedelta) -> None:
        """Let time pass, with all that happens in it."""
        sleeping = asyncio.create_task(self._environment.sleep(time))
        done, _ = await asyncio.wait({sleeping}, timeout=STUCK)
        if not done:
            await self.client.test_service.unlock_time_skipping(UnlockTimeSkippingRequest())
        await sleeping
        await self.look()

    async def look(self) -> datetime:
        """Look at the time, once what happened last is dealt with."""
        await asyncio.sleep(BREATH)
        self._now = await self._environment.get_current_time()
        return self._now


@asynccontextmanager
async def server_that_skips_time() -> AsyncIterator[SkippedTime]:
    """Run such a server; the program lies beside Python in the environment."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(Path(sys.executable).parent / "temporal-test-server"),
        data_converter=pydantic_data_converter,
    ) as environment:
        yield SkippedTime(environment, await environment.get_current_time())
