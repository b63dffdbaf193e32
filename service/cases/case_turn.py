"""Whose turn it is in a case: the nearest deadline of all its steps, in one sentence."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.cases.views import CaseView, PathView, StepView
from service.web.dates import DeadlineWords, deadline_words
from service.web.i18n import Translator, _
from workflows.domain.clocks import Party
from workflows.domain.statuses import CaseStatus, StepStatus


@dataclass(frozen=True)
class CaseTurn:
    """One sentence, its deadline, and what comes with it.

    ``referral`` is the one that an agency has the turn in, ``is_called`` whether it has to be
    rung up for its answer.
    """

    sentence: str
    due: DeadlineWords | None = None
    detail: str = ""
    referral: UUID | None = None
    is_called: bool = False


def turn_of_case(t: Translator, case: CaseView, viewer: UUID, now: datetime) -> CaseTurn:
    """Say to the viewer (user id) who has to move next, and until when."""
    if case.status == CaseStatus.DRAFT:
        return CaseTurn(t(_("The case is being opened. Its first steps follow at once.")))
    if case.status == CaseStatus.CLOSED:
        return CaseTurn(t(_("The case is closed. Nobody has to do anything any more.")))
    if not (running := _running(case)):
        return CaseTurn(t(_("Everything is arranged: you can close the case.")))
    due_at, _path, step = running[0]
    due, others = deadline_words(t, due_at, now), _others(t, len(running) - 1)
    name = step.definition.title.in_language(t.language)
    if step.referral is None or step.status == StepStatus.DUE:
        return CaseTurn(_own_turn(t, case, viewer, name), due, others)
    if step.clock and step.clock.party == Party.SENDER:
        own = _own_turn(t, case, viewer, name)
        return CaseTurn(own, due, others, referral=step.referral.id)
    return CaseTurn(
        t(_sentence(step), agency=step.referral.to_agency.name, step=name),
        due,
        others,
        referral=step.referral.id,
        is_called=step.is_asked_by_telephone,
    )


def _sentence(step: StepView) -> str:
    if step.clock and step.clock.party == Party.CLIENT:
        return _("The family's turn, with your help: %(step)s.")
    if step.is_asked_by_telephone:
        return _("Please call %(agency)s: %(step)s.")
    return _("Their turn: %(agency)s. %(step)s.")


def _own_turn(t: Translator, case: CaseView, viewer: UUID, step: str) -> str:
    if viewer == case.case_manager_id:
        return t(_("It is your turn: %(step)s."), step=step)
    sentence = _("It is your office's turn, %(name)s: %(step)s.")
    return t(sentence, name=case.case_manager_name, step=step)


def _running(case: CaseView) -> list[tuple[datetime, PathView, StepView]]:
    found = [
        (step.clock.due_at, path, step)
        for path in case.paths
        for step in path.steps
        if step.clock is not None
    ]
    # At the same deadline the own turn comes first: that is what one can do something about.
    return sorted(found, key=lambda entry: (entry[0], entry[2].status != StepStatus.DUE))


def _others(t: Translator, count: int) -> str:
    if count == 0:
        return ""
    return t.plural(
        "%(num)s more step runs at the same time.",
        "%(num)s more steps run at the same time.",
        count,
    )


def next_to_refer(case: CaseView) -> tuple[PathView, StepView] | None:
    """Return the step of the office's own turn that comes first, None if there is none."""
    for _due_at, path, step in _running(case):
        if step.status == StepStatus.DUE:
            return path, step
    return None
