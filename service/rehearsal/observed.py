"""How long a real path and its steps took: whose clock ran when, and what follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.domain.conduct import Conduct, Delay
from workflows.domain.terms import Term, Terms
from workflows.domain.working_days import local_day, working_days_between

Stretch = tuple[datetime, datetime]
"""From one instant to another, in UTC."""


@dataclass(frozen=True)
class ObservedStep:
    """When each party's clock ran in a step that is done, and how many agencies refused before.

    Only waiting for the party itself counts, not what the step was put on hold for.
    """

    legal_area: str
    send: tuple[Stretch, ...]
    respond: tuple[Stretch, ...]
    accepted: tuple[Stretch, ...]
    effect: tuple[Stretch, ...]
    confirm: tuple[Stretch, ...]
    refused: int

    def conduct(self, terms: Terms) -> Conduct:
        """Return it as the conduct of a step that has these terms."""
        requests = self.refused + 1
        return Conduct(
            send=_taken(self.send, terms.refer, requests),
            respond=_taken(self.respond, terms.respond, requests),
            appoint=_taken(self.accepted[:1], terms.appoint or terms.arrive),
            arrive=_taken(self.accepted, terms.arrive),
            effect=_taken(self.effect, terms.effect),
            confirm=_taken(self.confirm, terms.confirm) if terms.confirm else None,
            refused=self.refused,
        )


@dataclass(frozen=True)
class ObservedPath:
    """A real path: when it began (UTC), and its steps that are done, by key."""

    pathway: str
    began_at: datetime
    is_finished: bool
    steps: Mapping[str, ObservedStep]


def _taken(stretches: Iterable[Stretch], term: Term, times: int = 1) -> Delay:
    """Return how long each of so many times took, in the unit of the term."""
    if term.duration is not None:
        return sum((until - since for since, until in stretches), timedelta(0)) / times
    days = sum(
        working_days_between(local_day(since), local_day(until)) for since, until in stretches
    )
    return round(days / times)
