"""Waits for the end of its standard input, then ends the processes that it was told of.

Each line of input is `PID BIRTH SIGNAL`, birth in seconds since 1970 as psutil says it.
Only the supervisor holds the other end of the pipe, so it closes when the supervisor dies.
"""

import contextlib
import sys
from typing import TextIO

import psutil

from service.stack.process import still_running


def watch(told: TextIO) -> None:
    """Return when `told` has ended and every process named in it has been signalled."""
    children = [line.split() for line in told]
    for pid, born, signal in children:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process := still_running(int(pid), float(born)):
                process.send_signal(int(signal))


if __name__ == "__main__":
    watch(sys.stdin)
