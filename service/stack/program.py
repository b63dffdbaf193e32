"""What the supervisor must know of a program to start it, watch it and stop it."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from service.stack.account import Account


@dataclass(frozen=True)
class Launch:
    """How one process is started and ended."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    directory: Path | None = None
    """Working directory; ours if None."""
    account: Account | None = None
    """Who the process runs as; ourselves if None."""
    stop_signal: signal.Signals = signal.SIGTERM
    """Asks the process to finish its work and end."""
    death_signal: signal.Signals = signal.SIGKILL
    """Ends it when the supervisor has died."""
    patience: float = field(default=15.0)
    """Seconds that it may take to end before it is killed."""


class Program(Protocol):
    """One program of the stack, which runs as long as the stack does."""

    @property
    def name(self) -> str:
        """Name of the log file, and how people call it."""

    async def prepare(self) -> None:
        """Make ready what the program finds when it starts; called before every start."""

    def launch(self) -> Launch:
        """Say how it is started."""

    async def ready(self, pid: int) -> bool:
        """Whether process `pid` serves, and serves our data."""
