"""How far a case has come: its pathway, the station, and the days on which it moved."""

from dataclasses import dataclass, field
from datetime import date

from service.takeover.lists.choices import find, quoted, similar
from service.takeover.lists.entries import Entries
from service.takeover.lists.standings import DAY_OF, WORDS, Standing, proposed, standing_of
from service.takeover.lists.surroundings import Surroundings
from service.takeover.lists.values import as_day
from workflows.domain.pathway import Pathway, StepDefinition

ORDER = ("since", "requested", "accepted", "arrived", "completed")


@dataclass(frozen=True)
class Progress:
    """Where the case stands. ``days``: when the station came so far, by column."""

    pathway: Pathway
    step: StepDefinition
    done: tuple[str, ...]
    standing: Standing
    since: date
    days: dict[str, date] = field(default_factory=dict)


def progress_of(entries: Entries, here: Surroundings, born: date | None) -> Progress | None:
    """Return how far the case has come; None, with the faults noted, if something is wrong."""
    pathway = _pathway(entries, here)
    step = _step(entries, here, pathway)
    done = _done(entries, here, pathway, step)
    days = {key: day for key in ORDER if (day := entries.day(key)) is not None}
    standing = _standing(entries, here, days)
    if standing is not None:
        _check_days(entries, here, standing, days)
    _check_order(entries, days, born)
    if not days and not entries.is_wrong(*ORDER):
        entries.wrong("since", "start-missing")
    if pathway is None or step is None or standing is None or not days:
        return None
    since = min(days.values())
    days.pop("since", None)
    return Progress(pathway, step, done, standing, since, days)


def _pathway(entries: Entries, here: Surroundings) -> Pathway | None:
    typed = entries.needed("pathway")
    if not typed:
        return None
    by_name = {name: one for one in here.pathways for name in (one.key, one.title.de, one.title.en)}
    found = find(typed, by_name)
    if found is None:
        titles = [one.title.in_language(here.language) for one in here.pathways]
        choices = similar(typed, titles, here.language, by_name)
        entries.wrong("pathway", "unknown-pathway", value=typed, choices=choices)
    return found


def _step(entries: Entries, here: Surroundings, pathway: Pathway | None) -> StepDefinition | None:
    typed = entries.needed("step")
    if not typed or pathway is None:
        return None
    return _find_step(entries, here, pathway, "step", typed)


def _find_step(
    entries: Entries, here: Surroundings, pathway: Pathway, column: str, typed: str
) -> StepDefinition | None:
    by_name = {name: one for one in pathway.steps for name in (one.key, one.title.de, one.title.en)}
    found = find(typed, by_name)
    if found is None:
        titles = [one.title.in_language(here.language) for one in pathway.steps]
        choices = similar(typed, titles, here.language, by_name)
        entries.wrong(column, "unknown-step", value=typed, choices=choices)
    return found


def _done(
    entries: Entries, here: Surroundings, pathway: Pathway | None, step: StepDefinition | None
) -> tuple[str, ...]:
    """Return what is finished: all that comes before the station, and what is named as well."""
    typed = entries.text("also_done")
    if pathway is None or step is None:
        return ()
    named = [part.strip() for part in typed.split(";") if part.strip()]
    also = [_find_step(entries, here, pathway, "also_done", name) for name in named]
    finished = _before(pathway, step)
    for one in also:
        if one and one.key != step.key:
            finished |= {one.key} | _before(pathway, one)
    finished.discard(step.key)
    return tuple(one.key for one in pathway.steps if one.key in finished)


def _before(pathway: Pathway, step: StepDefinition) -> set[str]:
    """Return everything that the step comes after, directly or not."""
    keys = set(step.after.steps)
    for key in step.after.steps:
        keys |= _before(pathway, pathway.step(key))
    return keys


def _standing(entries: Entries, here: Surroundings, days: dict[str, date]) -> Standing | None:
    """Return where the station stands; where no word says it, the days do."""
    typed = entries.text("status")
    if entries.is_wrong("status"):
        return None
    if not typed:
        reached = [standing for standing, key in DAY_OF.items() if key in days]
        return reached[-1] if reached else Standing.DUE
    found = standing_of(typed)
    if found is None:
        choices = quoted(proposed(here.language), here.language)
        entries.wrong("status", "unknown-status", value=typed, choices=choices)
    return found


def _check_days(
    entries: Entries, here: Surroundings, standing: Standing, days: dict[str, date]
) -> None:
    status, order = WORDS[standing][here.language][0], list(Standing)
    for reached, key in DAY_OF.items():
        expected = order.index(reached) <= order.index(standing)
        words = {"status": status, "column": entries.heading("status")}
        if expected and key not in days and not entries.is_wrong(key):
            entries.wrong(key, "day-needed", **words)
        if not expected and key in days:
            entries.wrong(key, "day-against-status", **words)


def _check_order(entries: Entries, days: dict[str, date], born: date | None) -> None:
    last: str | None = None
    for key in ORDER:
        if key not in days:
            continue
        if born and days[key] < born:
            entries.wrong(key, "before-birth", value=as_day(days[key]))
        if last and days[key] < days[last]:
            entries.wrong(
                key,
                "out-of-order",
                value=as_day(days[key]),
                other=entries.heading(last),
                other_day=as_day(days[last]),
            )
        last = key
