"""Each member of a household in words: how old, and how far their own paths have come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from service.cases.lines import Station
from service.cases.views import PathView
from service.web.i18n import Translator, _
from workflows.domain.case_steps import FINISHED

MONTHS_OF_A_YEAR = 12

Line = tuple[PathView, list[Station]]


@dataclass(frozen=True)
class PathWords:
    """What a path is called, and how far it has come."""

    name: str
    state: str


def age_words(t: Translator, born: date, today: date) -> str:
    """Return the age in years; that of a child in its first year in months."""
    months = (today.year - born.year) * MONTHS_OF_A_YEAR + today.month - born.month
    months -= today.day < born.day
    if months >= MONTHS_OF_A_YEAR:
        return t.plural("%(num)s year old", "%(num)s years old", months // MONTHS_OF_A_YEAR)
    if months < 1:
        return t(_("less than a month old"))
    return t.plural("%(num)s month old", "%(num)s months old", months)


def paths_in_words(t: Translator, lines: Iterable[Line], member_id: UUID | None) -> list[PathWords]:
    """Return the paths of one member, or those for all (None), in the order of the lines."""
    return [
        PathWords(path.pathway.title.in_language(t.language), _state(t, stations))
        for path, stations in lines
        if (path.member.id if path.member else None) == member_id
    ]


def _state(t: Translator, stations: Sequence[Station]) -> str:
    """Say how many of its steps are behind it, and whose turn it is until when."""
    finished = sum(station.step.status in FINISHED for station in stations)
    if finished == len(stations):
        return t(_("everything is done or left out"))
    count = t(_("%(done)s of %(all)s steps are done"), done=finished, all=len(stations))
    running = [station for station in stations if station.step.clock and station.due]
    if not running:
        return count
    nearest = min(running, key=_due_at)
    turn = t(_("Turn: %(party)s"), party=nearest.baton)
    return f"{count}. {turn}, {nearest.due.day if nearest.due else ''}"


def _due_at(station: Station) -> float:
    return station.step.clock.due_at.timestamp() if station.step.clock else 0.0
