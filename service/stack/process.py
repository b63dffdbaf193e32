"""Tells a process from a later one that got the same number, and from its own remains."""

import contextlib
import time
from collections.abc import Callable

import psutil

CLOCK_MAY_SHIFT = 5.0  # seconds; the time of birth is derived from the clock at boot
LOOK_EVERY = 0.02  # seconds


def birth(pid: int) -> float:
    """Return when process `pid` was born, in seconds since 1970."""
    return float(psutil.Process(pid).create_time())


def still_running(pid: int, born: float) -> psutil.Process | None:
    """Return process `pid` if it still runs and was born at `born`.

    A zombie does not run: it has ended, and whoever adopted it has not noticed yet.
    """
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - born) < CLOCK_MAY_SHIFT
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def wait_until_ended(running: Callable[[], psutil.Process | None], within: float) -> None:
    """Return when `running` finds nothing any more; kill what it finds after `within` seconds."""
    end = time.monotonic() + within
    while process := running():
        if time.monotonic() > end:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        time.sleep(LOOK_EVERY)
