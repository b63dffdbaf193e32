"""Starts the programs of the stack, starts again what dies, stops all in order."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from service.failure import Failure
from service.stack.child import Child, ChildDied, spawn
from service.stack.program import Launch, Program
from service.stack.tether import Tether

MOST_DEATHS = 5
DEATHS_WITHIN = 60.0  # seconds
FIRST_PAUSE = 0.1  # seconds; doubles with each recent death

Result = TypeVar("Result")


class StopRequested(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class Supervisor:
    """Keeps the programs of one stack running.

    An async context manager: leaving it stops every program, the last one started first.
    `announce` receives sentences for the person who started the stack, `changed` is called
    after each start and end of a process.
    """

    def __init__(
        self,
        logs: Path,
        tether: Tether,
        announce: Callable[[str], None],
        changed: Callable[[], None],
    ) -> None:
        self._logs = logs
        self._tether = tether
        self._announce = announce
        self._changed = changed
        self._children: list[Child] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._stop = asyncio.Event()

    @property
    def pids(self) -> dict[str, int]:
        """The running processes by name."""
        return {c.program.name: c.pid for c in self._children if c.pid is not None}

    async def __aenter__(self) -> Self:
        """Listen for Ctrl-C and SIGTERM."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop what runs, in reverse order."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for child in reversed(self._children):
            await child.stop()
        self._tether.release()

    async def start(self, *programs: Program) -> None:
        """Start programs at once, and return when all of them are ready."""
        children = [Child(program, self._logs, self._tether) for program in programs]
        self._children += children
        self._keepers += [asyncio.create_task(self._keep(child)) for child in children]
        for child in children:
            await self.while_all_is_well(child.is_ready.wait())

    async def run_once(self, name: str, launch: Launch) -> None:
        """Run a process to its end. Raises Failure unless it ends well."""
        log = self._logs / f"{name}.log"
        process = await spawn(launch, log, self._tether)
        try:
            await self.while_all_is_well(process.wait())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise Failure(f"{name} failed: see {log}.")

    async def until_stopped(self) -> None:
        """Wait for Ctrl-C or SIGTERM. Raises Failure if a program cannot be kept running."""
        with contextlib.suppress(StopRequested):
            await self.while_all_is_well(asyncio.Event().wait())

    async def while_all_is_well(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do `work`, unless a program cannot be kept (Failure) or we shall stop (StopRequested)."""
        worker = asyncio.create_task(work)
        stop = asyncio.create_task(self._stop.wait())
        try:
            done, _ = await asyncio.wait(
                (worker, stop, *self._keepers), return_when=asyncio.FIRST_COMPLETED
            )
            if worker in done:
                return worker.result()
            if stop in done:
                raise StopRequested
            for keeper in done:
                keeper.result()
            raise AssertionError("a keeper only ends by an exception")
        finally:
            worker.cancel()
            stop.cancel()

    async def _keep(self, child: Child) -> None:
        """Run a child for ever. Raises Failure when it dies too often."""
        clock = asyncio.get_running_loop()
        deaths: list[float] = []
        while True:
            with contextlib.suppress(ChildDied):
                await child.start()
                self._changed()
            await child.ended()
            now = clock.time()
            deaths = [*(died for died in deaths if now - died < DEATHS_WITHIN), now]
            if len(deaths) == MOST_DEATHS:
                raise Failure(
                    f"{child.program.name} ended {MOST_DEATHS} times within a minute: "
                    f"see {child.log}."
                )
            self._announce(f"{child.program.name} has ended and is started again.")
            await asyncio.sleep(FIRST_PAUSE * 2 ** (len(deaths) - 1))
