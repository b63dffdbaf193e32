"""How a step goes of which nothing is known: what is drawn then, and drawn again the same."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

from service.rehearsal.observed import ObservedStep
from workflows.domain.conduct import Conduct, Delay
from workflows.domain.pathway import StepDefinition
from workflows.domain.terms import Term

ENOUGH = 5
"""With fewer steps of a legal area at hand, nothing can be said of it."""

REFUSED = 0.1
"""Share of the requests that the first agency refuses, where nothing is known."""

Known = Mapping[str, Sequence[ObservedStep]]
"""What was observed, by legal area."""


def is_known(legal_area: str, known: Known) -> bool:
    """Tell whether there are enough steps of the legal area to go by."""
    return len(known.get(legal_area, ())) >= ENOUGH


def drawn_conduct(step: StepDefinition, known: Known, seed: str) -> Conduct:
    """Return how a step goes: like one of its legal area, or, without enough of them, assumed.

    The same ``seed`` gives the same answer.
    """
    dice = Random(f"{seed}:{step.key}")  # noqa: S311 - no secret
    if is_known(step.legal_area, known):
        return dice.choice(known[step.legal_area]).conduct(step.terms)
    terms = step.terms
    return Conduct(
        send=_assumed(dice, terms.refer),
        respond=_assumed(dice, terms.respond),
        appoint=_assumed(dice, terms.appoint or terms.arrive),
        arrive=_assumed(dice, terms.arrive),
        effect=_assumed(dice, terms.effect),
        confirm=_assumed(dice, terms.confirm) if terms.confirm else None,
        refused=int(dice.random() < REFUSED),
    )


def _assumed(dice: Random, term: Term) -> Delay:
    """Draw a delay of twice the term at most: two thirds of them keep it."""
    if term.duration is not None:
        seconds = term.duration.total_seconds()
        return timedelta(seconds=round(dice.triangular(0, 2 * seconds, seconds / 2)))
    days = term.working_days or 0
    return round(dice.triangular(0, 2 * days, days / 2))
