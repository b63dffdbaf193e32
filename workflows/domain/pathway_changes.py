"""What is different between two versions of a pathway: facts only, whoever puts them in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from workflows.domain.pathway import Pathway, StepDefinition
from workflows.domain.terms import Terms

TERMS = "terms"
ORDER = "steps"
"""The field of a pathway of which only the order is compared as such."""

_NAMES = frozenset({"key", "version"})
"""What tells definitions apart; it is no change of their content."""


@dataclass(frozen=True)
class StepAdded:
    """The later version has one step more."""

    step: StepDefinition


@dataclass(frozen=True)
class StepRemoved:
    """The later version is without this step."""

    step: StepDefinition


@dataclass(frozen=True)
class Changed:
    """Something has another value. ``step`` is the key of a step, None: the pathway itself.

    ``field`` is the name in the model, of a term with ``terms.`` before it. The values are those
    of the model; for the order of the steps the keys of those that both versions have.
    """

    step: str | None
    field: str
    before: Any
    after: Any


Change = StepAdded | StepRemoved | Changed


def changes_between(earlier: Pathway, later: Pathway) -> list[Change]:
    """List what a later version of a pathway changes, step by step in its order.

    What was said of the pathway as a whole comes first, what has gone last.
    """
    before = {step.key: step for step in earlier.steps}
    after = {step.key for step in later.steps}
    of_steps: list[Change] = []
    for step in later.steps:
        if step.key in before:
            of_steps += changes_of_step(before[step.key], step)
        else:
            of_steps.append(StepAdded(step))
    gone = [StepRemoved(step) for step in earlier.steps if step.key not in after]
    whole = _changes(None, earlier, later, "", leaving_out={*_NAMES, ORDER})
    return [*whole, *_order(earlier, later), *of_steps, *gone]


def changes_of_step(earlier: StepDefinition, later: StepDefinition) -> list[Changed]:
    """List what is different between two definitions of the same step."""
    key = later.key
    return [
        *_changes(key, earlier, later, "", leaving_out={*_NAMES, TERMS}),
        *_changes(key, earlier.terms, later.terms, f"{TERMS}.", leaving_out=set()),
    ]


def fields_compared() -> set[str]:
    """Name every field in which two versions can differ, as ``Changed`` names it."""
    names = {*Pathway.model_fields, *StepDefinition.model_fields} - _NAMES - {TERMS}
    return names | {f"{TERMS}.{name}" for name in Terms.model_fields}


def _changes(
    step: str | None, earlier: BaseModel, later: BaseModel, prefix: str, leaving_out: set[str]
) -> Iterator[Changed]:
    for name in type(later).model_fields:
        before, after = getattr(earlier, name), getattr(later, name)
        if name not in leaving_out and before != after:
            yield Changed(step, f"{prefix}{name}", before, after)


def _order(earlier: Pathway, later: Pathway) -> Iterator[Changed]:
    in_both = {step.key for step in earlier.steps} & {step.key for step in later.steps}
    before, after = (
        tuple(step.key for step in version.steps if step.key in in_both)
        for version in (earlier, later)
    )
    if before != after:
        yield Changed(None, ORDER, before, after)
