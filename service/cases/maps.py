"""The paths of a case, drawn."""

from dataclasses import dataclass
from datetime import datetime

from service.cases.lines import Station
from service.cases.views import PathView
from service.pathways.drawing.drawing import Drawing, draw
from service.pathways.drawing.openings import opening_words
from service.pathways.drawing.stops import Stop
from service.web.i18n import Translator, _
from service.web.words import word
from workflows.domain.case_steps import FINISHED
from workflows.domain.joins import After
from workflows.domain.statuses import StepStatus
from workflows.domain.working_days import local_day, working_days_between


@dataclass(frozen=True)
class PathMap:
    """A path with its drawing, and what the drawing is called for those who do not see it."""

    path: PathView
    drawing: Drawing
    label: str


def maps_of(
    t: Translator, lines: list[tuple[PathView, list[Station]]], now: datetime
) -> list[PathMap]:
    """Return the drawings of these lines."""
    return [
        PathMap(
            path,
            draw([_stop(t, path, station, now) for station in stations], t.language),
            _label(t, path, stations),
        )
        for path, stations in lines
    ]


def _stop(t: Translator, path: PathView, station: Station, now: datetime) -> Stop:
    step = station.step
    after = _after(path, step.definition.after)
    waits = step.status == StepStatus.WAITING
    return Stop(
        key=step.key,
        after=after.steps,
        line=station.line,
        area=station.area,
        name=station.name,
        status=step.status,
        about=_about(t, station, now),
        needs_all=after.join == "all",
        opening=opening_words(t, after) if waits else "",
        baton=_turn(t, station),
        gap=station.gap,
    )


def _after(path: PathView, after: After) -> After:
    """Return what a step comes after on this path: it may pass steps of the pathway over."""
    here = {step.key for step in path.steps}
    defined = {step.key: step.after for step in path.pathway.steps}
    before: list[str] = []
    asked, left = set(after.steps), list(after.steps)
    while left:
        key = left.pop(0)
        if key in here:
            before.append(key)
            continue
        ahead = defined.get(key, After()).steps
        left += [one for one in ahead if one not in asked]
        asked.update(ahead)
    return After(join=after.join, steps=tuple(before))


def _about(t: Translator, station: Station, now: datetime) -> str:
    """Say the state, and how long the one whose turn it is has had it."""
    state = (
        word(t, station.answer, "referral_status")
        if station.answer
        else word(t, station.status, "step_status")
    )
    clock = station.step.clock
    days = working_days_between(local_day(clock.since), local_day(now)) if clock else 0
    if days < 1:
        return state
    return t.plural(
        "%(state)s, waits for %(num)s working day",
        "%(state)s, waits for %(num)s working days",
        days,
        state=state,
    )


def _label(t: Translator, path: PathView, stations: list[Station]) -> str:
    """Say briefly what there is to see: how far the path has come, whose turn it is, the gaps."""
    done = sum(station.step.status in FINISHED for station in stations)
    how_far = t(
        _("Drawing of the path %(name)s: %(done)s of %(all)s steps are done."),
        name=path.pathway.title.in_language(t.language),
        done=done,
        all=len(stations),
    )
    turns = [_turn_at(t, station) for station in stations if station.baton]
    return " ".join([how_far, *turns, t(_("The list below says the same."))])


def _turn_at(t: Translator, station: Station) -> str:
    gap = t(_("Gap: %(length)s"), length=station.gap) if station.gap else ""
    said = (station.name, _turn(t, station), gap)
    return " ".join(f"{part}." for part in said if part)


def _turn(t: Translator, station: Station) -> str:
    return t(_("Turn: %(party)s"), party=station.baton) if station.baton else ""
