"""Children die with the supervisor, however it dies.

Linux has a signal for the purpose. Elsewhere a small process, the leash, waits for the
supervisor's end and then ends the children.
"""

import contextlib
import os
import subprocess
import sys
from typing import Protocol

import psutil

from service.stack import deathsignal
from service.stack.process import birth
from service.stack.program import Launch


class Tether(Protocol):
    """Ties the life of children to that of the supervisor."""

    def command(self, launch: Launch) -> tuple[str, ...]:
        """Return the command that starts the child."""

    def hold(self, pid: int, launch: Launch) -> None:
        """Take charge of a child that was started."""

    def release(self) -> None:
        """End, after the children have been stopped."""


class DeathSignal:
    """Linux: the kernel signals the child when its parent dies."""

    def command(self, launch: Launch) -> tuple[str, ...]:
        """Return the command with the wrapper that asks the kernel, then becomes the program."""
        return (
            *(sys.executable, "-I", "-S", deathsignal.__file__),
            *(str(os.getpid()), str(int(launch.death_signal))),
            f"{launch.account.uid}:{launch.account.gid}" if launch.account else "-",
            *launch.command,
        )

    def hold(self, pid: int, launch: Launch) -> None:
        """Nothing is left to do."""

    def release(self) -> None:
        """Nothing is left to do."""


class Leash:
    """Elsewhere: a process beside us, told of every child, that outlives us by a moment."""

    def __init__(self) -> None:
        # In a session of its own, so that Ctrl-C does not reach it.
        self._process = subprocess.Popen(
            (sys.executable, "-m", "service.stack.leash"),
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def command(self, launch: Launch) -> tuple[str, ...]:
        """Return the program's own command."""
        return launch.command

    def hold(self, pid: int, launch: Launch) -> None:
        """Tell the leash of the child. The time of birth tells it from a later process."""
        assert self._process.stdin is not None  # noqa: S101  (asked for above)
        with contextlib.suppress(psutil.NoSuchProcess):  # has ended already
            line = f"{pid} {birth(pid)} {int(launch.death_signal)}\n"
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def release(self) -> None:
        """Let the leash end."""
        self._process.communicate()


def this_systems_tether() -> Tether:
    """Return what this operating system offers."""
    return DeathSignal() if sys.platform == "linux" else Leash()
