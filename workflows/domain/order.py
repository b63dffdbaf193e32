"""What can be wrong with the order of a pathway's steps, each with the place where it stands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import combinations

from workflows.domain.household import HouseholdFact
from workflows.domain.joins import After, PassedOver, steps_in_a_circle


@dataclass(frozen=True)
class PlacedStep:
    """What the order needs to know of a step. ``when``: facts that it is for."""

    key: str
    after: After
    when: frozenset[HouseholdFact]


class WrongOrder(StrEnum):
    """What can be wrong."""

    KEY_TWICE = "key-twice"
    STEP_MUCH_LIKE_ANOTHER = "step-much-like-another"
    STEP_UNKNOWN = "step-unknown"
    CIRCLE = "circle"
    CIRCLE_WHERE_PASSED_OVER = "circle-where-passed-over"
    ONLY_CONDITIONS = "only-conditions"


@dataclass(frozen=True)
class OrderFault:
    """What is wrong: at the step of this number (from 0), in this field of it.

    ``code`` names it, ``params`` say which steps it is about; the service has the words.
    """

    step: int
    field: tuple[str | int, ...]
    code: WrongOrder
    params: Mapping[str, str]

    def __str__(self) -> str:
        """Return the code, and the steps that it is about."""
        return f"{self.code}: {'; '.join(self.params.values())}"


def faults_of_order(steps: Sequence[PlacedStep]) -> Iterator[OrderFault]:
    """Find every fault in the order: keys, what comes after what, and whether it always ends."""
    yield from _keys_used_twice(steps)
    yield from _unknown_steps(steps)
    yield from _circles(steps)
    if steps and all(step.when for step in steps):
        yield OrderFault(0, ("when",), WrongOrder.ONLY_CONDITIONS, {})


def _keys_used_twice(steps: Sequence[PlacedStep]) -> Iterator[OrderFault]:
    seen: Counter[str] = Counter()
    for number, step in enumerate(steps):
        seen[step.key] += 1
        if seen[step.key] > 1:
            yield OrderFault(number, ("key",), WrongOrder.KEY_TWICE, {"key": step.key})


def _unknown_steps(steps: Sequence[PlacedStep]) -> Iterator[OrderFault]:
    keys = [step.key for step in steps]
    for number, step in enumerate(steps):
        for position, key in enumerate(step.after.steps):
            if key not in keys:
                place = ("after", "steps", position)
                if close := get_close_matches(key, keys, n=1):
                    params = {"key": key, "meant": close[0]}
                    yield OrderFault(number, place, WrongOrder.STEP_MUCH_LIKE_ANOTHER, params)
                else:
                    params = {"key": key, "steps": ", ".join(keys)}
                    yield OrderFault(number, place, WrongOrder.STEP_UNKNOWN, params)


def _circles(steps: Sequence[PlacedStep]) -> Iterator[OrderFault]:
    """Look for steps that wait for each other, in every kind of household; name the first."""
    keys = {step.key for step in steps}
    known: dict[str, After] = {}
    for step in steps:
        known_before = tuple(key for key in step.after.steps if key in keys)
        known.setdefault(step.key, step.after.model_copy(update={"steps": known_before}))
    for facts in _kinds_of_household(steps):
        absent = {step.key for step in steps if not step.when <= facts}
        passed_over = [PassedOver(key=key, after=known[key]) for key in sorted(absent)]
        present = {key: after for key, after in known.items() if key not in absent}
        if circle := steps_in_a_circle(present, passed_over):
            number = next(n for n, step in enumerate(steps) if step.key == circle[0])
            params = {"steps": ", ".join(circle)}
            if absent:
                params["absent"] = ", ".join(sorted(absent))
            code = WrongOrder.CIRCLE_WHERE_PASSED_OVER if absent else WrongOrder.CIRCLE
            yield OrderFault(number, ("after",), code, params)
            return


def _kinds_of_household(steps: Sequence[PlacedStep]) -> Iterator[frozenset[HouseholdFact]]:
    """Name every combination of the facts that are asked for: first that all of them hold."""
    asked = sorted({fact for step in steps for fact in step.when})
    for count in range(len(asked), -1, -1):
        yield from map(frozenset, combinations(asked, count))
