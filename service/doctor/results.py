"""What a check can come to."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Well:
    """Nothing is wrong; ``says`` tells what was seen."""

    says: str


@dataclass(frozen=True)
class NotAsked:
    """Nobody could be asked, for a reason that is no fault or that another check names."""

    says: str


@dataclass(frozen=True)
class Fault:
    """Something is wrong: what happened, and what to do, a sentence each."""

    says: str
    do: str


Result = Well | NotAsked | Fault


class CannotAsk(Exception):
    """Whom the check would ask does not answer; another check says why."""


class Check(Protocol):
    """One question."""

    @property
    def name(self) -> str:
        """Name it in a word."""

    async def run(self) -> Result:
        """Answer it. Raises CannotAsk if somebody else has to be well first."""
