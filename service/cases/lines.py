"""A path as a line with stations: what the drawing needs."""

from dataclasses import dataclass
from datetime import datetime

from service.agencies.legal_areas import name_of_legal_area
from service.cases.views import CaseView, PathView, StepView
from service.web.dates import Urgency, deadline_words
from service.web.i18n import Translator
from workflows.domain.clocks import Party
from workflows.domain.working_days import local_day, working_days_between

COLOURS = 8
"""So many lines can be told apart; the ninth legal area begins anew."""


@dataclass(frozen=True)
class Station:
    """One station, in words."""

    name: str
    status: str
    line: int
    area: str
    url: str
    due: str
    baton: str
    gap: str


def lines_of(t: Translator, case: CaseView, now: datetime) -> list[tuple[PathView, list[Station]]]:
    """Return every path with its stations; one colour for each legal area of the case."""
    areas = list(dict.fromkeys(step.legal_area for path in case.paths for step in path.steps))
    return [
        (
            path,
            [
                _station(t, case, path, step, areas.index(step.legal_area), now)
                for step in path.steps
            ],
        )
        for path in case.paths
    ]


def on_turn(case: CaseView, step: StepView) -> str:
    """Return the name of the agency whose clock runs; empty if none does."""
    if step.clock is None:
        return ""
    if step.clock.party == Party.RECEIVER and step.referral:
        return step.referral.to_agency.name
    return case.office.name


def anchor(path: PathView, step: StepView) -> str:
    """Return the id of the step's entry in the list below the drawing."""
    return f"step-{path.id}-{step.key}"


def _station(
    t: Translator, case: CaseView, path: PathView, step: StepView, area: int, now: datetime
) -> Station:
    due = deadline_words(t, step.clock.due_at, now) if step.clock else None
    return Station(
        name=step.definition.title.in_language(t.language),
        status=step.status,
        line=area % COLOURS + 1,
        area=name_of_legal_area(step.legal_area, t.language),
        url=f"#{anchor(path, step)}",
        due=str(due) if due else "",
        baton=on_turn(case, step),
        gap=_gap(t, step, now) if due and due.urgency is Urgency.OVERDUE else "",
    )


def _gap(t: Translator, step: StepView, now: datetime) -> str:
    """Return how long nobody has moved; empty on the day itself."""
    if step.clock is None:
        return ""
    late = working_days_between(local_day(step.clock.due_at), local_day(now))
    return t.plural("%(num)s working day", "%(num)s working days", late) if late > 0 else ""
