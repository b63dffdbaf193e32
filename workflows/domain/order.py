"""What can be wrong with the order of a pathway's steps, each with the place where it stands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations

from workflows.domain.household import HouseholdFact
from workflows.domain.joins import After, PassedOver, steps_in_a_circle


@dataclass(frozen=True)
class PlacedStep:
    """What the order needs to know of a step. ``when``: facts that it is for."""

    key: str
    after: After
    when: frozenset[HouseholdFact]


SENTENCES = {
    "key-twice": "step keys must be unique: '{key}' is one already; choose another",
    "step-much-like-another": "there is no step '{key}'; did you mean '{meant}'?",
    "step-unknown": "there is no step '{key}'; the steps are {steps}",
    "circle": "these steps wait for each other: {steps}; take one out of 'after'",
    "circle-where-passed-over": (
        "these steps wait for each other: {steps}, where {absent} is passed over; "
        "take one out of 'after'"
    ),
    "only-conditions": (
        "every step has a condition, so that a path could be without any; "
        "take 'when' out of one that every household needs"
    ),
}
"""What can be wrong, by its code."""


@dataclass(frozen=True)
class OrderFault:
    """What is wrong: at the step of this number (from 0), in this field of it.

    ``code`` names it, ``params`` say which steps it is about.
    """

    step: int
    field: tuple[str | int, ...]
    code: str
    params: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """Return it in words, with what to do."""
        return SENTENCES[self.code].format_map(self.params)


def faults_of_order(steps: Sequence[PlacedStep]) -> Iterator[OrderFault]:
    """Find every fault in the order: keys, what comes after what, and whether it always ends."""
    yield from _keys_used_twice(steps)
    yield from _unknown_steps(steps)
    yield from _circles(steps)
    if steps and all(step.when for step in steps):
        yield OrderFault(0, ("when",), "only-conditions", {})


def _keys_used_twice(steps: Sequence[PlacedStep]) -> Iterator[OrderFault]:
    seen: Counter[str] = Counter()
    for number, step in enumerate(steps):
        seen[step.key] += 1
        if seen[step.key] > 1:
            yield OrderFault(number, ("key",), "key-twice", {"key": step.key})


def _unknown_steps(steps: Sequence[PlacedStep]) -> Iterator[OrderFault]:
    keys = [step.key for step in steps]
    for number, step in enumerate(steps):
        for position, key in enumerate(step.after.steps):
            if key not in keys:
                place = ("after", "steps", position)
                if close := get_close_matches(key, keys, n=1):
                    params = {"key": key, "meant": close[0]}
                    yield OrderFault(number, place, "step-much-like-another", params)
                else:
                    params = {"key": key, "steps": ", ".join(keys)}
                    yield OrderFault(number, place, "step-unknown", params)


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
            code = "circle-where-passed-over" if absent else "circle"
            yield OrderFault(number, ("after",), code, params)
            return


def _kinds_of_household(steps: Sequence[PlacedStep]) -> Iterator[frozenset[HouseholdFact]]:
    """Name every combination of the facts that are asked for: first that all of them hold."""
    asked = sorted({fact for step in steps for fact in step.when})
    for count in range(len(asked), -1, -1):
        yield from map(frozenset, combinations(asked, count))
