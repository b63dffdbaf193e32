"""A path as a line with stations: what the drawing needs, and the list that says the same."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.agencies.legal_areas import name_of_legal_area
from service.cases.views import CaseView, PathView, StepView
from service.pathways.drawing.numbers import line_numbers
from service.web.dates import DeadlineWords, Urgency, deadline_words
from service.web.i18n import Translator, _
from workflows.domain.clocks import Party
from workflows.domain.statuses import StepStatus
from workflows.domain.working_days import local_day, working_days_between


@dataclass(frozen=True)
class Station:
    """One station, in words. ``baton`` says whose turn it is; empty if it is nobody's.

    ``answer`` is the status of a request that is out; empty if there is none.
    """

    step: StepView
    name: str
    status: str
    answer: str
    line: int
    area: str
    due: DeadlineWords | None
    baton: str
    gap: str


def lines_of(
    t: Translator, case: CaseView, viewer: UUID, now: datetime
) -> list[tuple[PathView, list[Station]]]:
    """Return every path with its stations, as the viewer (user id) would name who has the turn.

    There is one colour for each legal area of the case.
    """
    lines = line_numbers(step.legal_area for path in case.paths for step in path.steps)

    def station(step: StepView) -> Station:
        due = deadline_words(t, step.clock.due_at, now) if step.clock else None
        return Station(
            step=step,
            name=step.definition.title.in_language(t.language),
            status=step.status,
            answer=step.referral.status
            if step.referral and step.status == StepStatus.REFERRED
            else "",
            line=lines[step.legal_area],
            area=name_of_legal_area(step.legal_area, t.language),
            due=due,
            baton=_on_turn(t, case, step, viewer),
            gap=_gap(t, step, now) if due and due.urgency is Urgency.OVERDUE else "",
        )

    return [(path, [station(step) for step in path.steps]) for path in case.paths]


def _on_turn(t: Translator, case: CaseView, step: StepView, viewer: UUID) -> str:
    if step.clock is None:
        return ""
    if step.clock.party in {Party.RECEIVER, Party.THIRD_PARTY} and step.referral:
        return step.referral.to_agency.name
    if step.clock.party == Party.CLIENT:
        return t(_("the family"))
    return t(_("You")) if viewer == case.case_manager_id else case.case_manager_name


def _gap(t: Translator, step: StepView, now: datetime) -> str:
    """Return how long nobody has moved; empty on the day itself."""
    if step.clock is None:
        return ""
    late = working_days_between(local_day(step.clock.due_at), local_day(now))
    return t.plural("%(num)s working day", "%(num)s working days", late) if late > 0 else ""
