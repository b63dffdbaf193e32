"""One child process: started, probed, stopped."""

import asyncio
import contextlib
import os
from pathlib import Path

from service.failure import Failure
from service.stack.program import Launch, Program
from service.stack.tether import Tether

PROBE_EVERY = 0.03  # seconds
READY_WITHIN = 120.0  # seconds; recovery after a crash takes its time


class ChildDied(Exception):
    """The process ended by itself."""


async def spawn(launch: Launch, log: Path, tether: Tether) -> asyncio.subprocess.Process:
    """Start a process that dies with us and writes to `log`.

    It gets a session of its own: Ctrl-C reaches the supervisor only, which stops in order.
    """
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *tether.command(launch),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=launch.directory,
            env=dict(launch.environment),
            start_new_session=True,
        )
    tether.hold(process.pid, launch)
    return process


class Child:
    """A program of the stack and its present process."""

    def __init__(self, program: Program, logs: Path, tether: Tether) -> None:
        self.program = program
        self.log = logs / f"{program.name}.log"
        self.is_ready = asyncio.Event()
        self._tether = tether
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The process id; None when it does not run."""
        if self._process is None or self._process.returncode is not None:
            return None
        return self._process.pid

    async def start(self) -> None:
        """Start the process and return when it is ready. Raises ChildDied if it ends instead."""
        await self.program.prepare()
        self._process = process = await spawn(self.program.launch(), self.log, self._tether)
        try:
            async with asyncio.timeout(READY_WITHIN):
                while not await self.program.ready(process.pid):
                    if process.returncode is not None:
                        raise ChildDied
                    await asyncio.sleep(PROBE_EVERY)
        except TimeoutError:
            raise Failure(
                f"{self.program.name} was not ready within {READY_WITHIN:.0f} seconds: "
                f"see {self.log}."
            ) from None
        self.is_ready.set()

    async def ended(self) -> None:
        """Return when the process has ended."""
        if self._process is not None:
            await self._process.wait()
        self.is_ready.clear()

    async def stop(self) -> None:
        """Ask the process to end; kill it when its patience is over."""
        if self._process is None or self._process.returncode is not None:
            return
        launch = self.program.launch()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process.pid, launch.stop_signal)
            try:
                await asyncio.wait_for(self._process.wait(), launch.patience)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
