"""A version of a pathway rehearsed on many households, beside the one that runs now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from random import Random
from uuid import UUID

from service.rehearsal.assumed import Known, drawn_conduct, is_known
from service.rehearsal.observed import ObservedPath, ObservedStep
from service.rehearsal.observing import MOST_FINISHED
from workflows.domain.case_paths import new_path
from workflows.domain.conduct import Conduct
from workflows.domain.household import HouseholdFact
from workflows.domain.pathway import Pathway
from workflows.domain.rehearsal_findings import (
    DeadlineFound,
    RemindersFound,
    deadlines_found,
    reminders_found,
    weeks_to_the_end,
)
from workflows.domain.rehearsing import Rehearsal, rehearse
from workflows.domain.working_days import add_working_days, at_local_time, local_day

HOUSEHOLDS = 100
A_WEEK = 4
"""So many invented households begin in a week of five working days."""

OPENING_TIME = time(9, 0)
_PATH = UUID(int=6)


class On(StrEnum):
    """What a pathway is rehearsed on."""

    INVENTED = "invented"
    FINISHED = "finished"


@dataclass(frozen=True)
class Household:
    """One that the pathway is rehearsed on: its facts, the steps that it had, and how they went.

    ``name`` is no person's: it makes what is drawn for this household the same in every rehearsal.
    """

    name: str
    begins_at: datetime
    facts: frozenset[HouseholdFact]
    observed: Mapping[str, ObservedStep]


@dataclass(frozen=True)
class Found:
    """What one version leads to."""

    deadlines: list[DeadlineFound]
    reminders: list[RemindersFound]
    weeks: tuple[float, float]


@dataclass(frozen=True)
class Comparison:
    """What a version leads to, and the one before it on the same households (None: there is none).

    ``assumed``: the legal areas of which a step at least went as assumed, and not like a real one.
    """

    households: int
    assumed: frozenset[str]
    found: Found
    before: Found | None


def invented_households(pathway: Pathway, now: datetime) -> list[Household]:
    """Return households of every kind, which begin one after the other from tomorrow on."""
    return [_invented(pathway.key, number, now) for number in range(HOUSEHOLDS)]


def finished_households(pathway: Pathway, observed: Iterable[ObservedPath]) -> list[Household]:
    """Return those of the latest finished paths of the pathway, each from its own first day on."""
    finished = [one for one in observed if one.pathway == pathway.key and one.is_finished]
    return [
        Household(f"{pathway.key}:{number}", one.began_at, frozenset(), one.steps)
        for number, one in enumerate(finished[:MOST_FINISHED])
    ]


def rehearsed(
    pathway: Pathway,
    before: Pathway | None,
    households: Sequence[Household],
    observed: Iterable[ObservedPath],
) -> Comparison:
    """Rehearse both versions on these households; there has to be one at least.

    A step that both have goes alike in both: only what was agreed about it differs.
    """
    known = _by_legal_area(observed)
    defined = {step.key: step for step in (*pathway.steps, *(before.steps if before else ()))}
    conducts = {
        house.name: {
            key: house.observed[key].conduct(step.terms)
            if key in house.observed
            else drawn_conduct(step, known, house.name)
            for key, step in defined.items()
        }
        for house in households
    }
    return Comparison(
        households=len(households),
        assumed=frozenset(
            step.legal_area
            for house in households
            for step in pathway.steps
            if step.key not in house.observed and not is_known(step.legal_area, known)
        ),
        found=_found(pathway, households, conducts),
        before=_found(before, households, conducts) if before else None,
    )


def _found(
    pathway: Pathway,
    households: Iterable[Household],
    conducts: Mapping[str, Mapping[str, Conduct]],
) -> Found:
    seen = [_rehearsal(pathway, house, conducts[house.name]) for house in households]
    areas = {step.key: step.legal_area for step in pathway.steps}
    return Found(deadlines_found(seen), reminders_found(seen, areas), weeks_to_the_end(seen))


def _rehearsal(pathway: Pathway, house: Household, conducts: Mapping[str, Conduct]) -> Rehearsal:
    had = house.observed.keys() & {step.key for step in pathway.steps}
    path = new_path(_PATH, pathway, None, house.facts, had)
    return rehearse(path, conducts, house.begins_at)


def _invented(key: str, number: int, now: datetime) -> Household:
    name = f"{key}:{number}"
    dice = Random(name)  # noqa: S311 - no secret
    day = add_working_days(local_day(now), 1 + number * 5 // A_WEEK)
    children = [fact for fact in HouseholdFact if fact is not HouseholdFact.HAS_ADULT]
    facts = {HouseholdFact.HAS_ADULT, *(fact for fact in children if dice.random() < 1 / 2)}
    return Household(name, at_local_time(day, OPENING_TIME), frozenset(facts), {})


def _by_legal_area(observed: Iterable[ObservedPath]) -> Known:
    found: dict[str, list[ObservedStep]] = defaultdict(list)
    for path in observed:
        for step in path.steps.values():
            found[step.legal_area].append(step)
    return found
