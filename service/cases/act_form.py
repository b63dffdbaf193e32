"""The forms of a case's page. Their fields carry the act's name: ``close-outcome``."""

from collections.abc import Container
from uuid import UUID

from pydantic import ValidationError

from service.cases.schemas import AssignCase, CloseCase, ReopenCase, StartPathBody, WaiveStep
from service.web.entry_words import OUTCOMES
from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.note_field import note_of
from workflows.domain.reasons import REASONS_OF_WAIVER, CaseOutcome, Reason

FIELD_OF_RULE = {
    "reason-missing": "reason",
    "case_manager": "case_manager",
    "office": "office",
    "basis-missing": "basis",
    "pathway": "pathway",
    "path-runs-already": "pathway",
    "member": "member",
    "member-gone": "member",
}
"""Where on the form a broken rule belongs."""


WHOLE_HOUSEHOLD = "all"

OF_A_START = {
    "pathway": _("Please choose a path."),
    "member": _("Please choose for whom the path is."),
}


def waiver_of(t: Translator, form: Form, name: str, path: UUID) -> WaiveStep | None:
    """Read why a step is left out; None, with the errors on the form, if that cannot be read.

    Whether it needs a reason is the step's rule.
    """
    typed = form.value(f"{name}-reason")
    if typed and typed not in REASONS_OF_WAIVER:
        form.refuse(f"{name}-reason", t(_("Please choose a reason.")))
    note = note_of(t, form, f"{name}-note")
    reason = Reason(typed) if typed and form.ok else None
    return WaiveStep(reason=reason, path=path, note=note) if form.ok else None


def closing_of(t: Translator, form: Form) -> CloseCase | None:
    """Read with which outcome a case is closed; None, with the errors on the form, without one."""
    outcome = _chosen(form, "close-outcome", OUTCOMES, t(_("Please choose how it ended.")))
    note = note_of(t, form, "close-note")
    return CloseCase(outcome=CaseOutcome(outcome), note=note) if form.ok else None


def reopening_of(t: Translator, form: Form) -> ReopenCase | None:
    """Read why a case is opened again; None, with the error on the form, if that is too long."""
    note = note_of(t, form, "reopen-note")
    return ReopenCase(note=note) if form.ok else None


def assignment_of(t: Translator, form: Form) -> AssignCase | None:
    """Read who takes a case on; None, with the errors on the form, if nobody is named."""
    colleague = form.value("assign-case_manager")
    if not colleague.replace("-", "").isalnum():
        form.refuse("assign-case_manager", t(_("Please choose a colleague.")))
        return None
    return AssignCase(case_manager=colleague)


def start_of(t: Translator, form: Form) -> StartPathBody | None:
    """Read which path begins, for whom; None, with the errors on the form, if that is not said."""
    try:
        return StartPathBody.model_validate(
            {"pathway": form.value("start-path-pathway"), "member": _member(form)}
        )
    except ValidationError as wrong:
        for error in wrong.errors():
            form.refuse(f"start-path-{error['loc'][0]}", t(OF_A_START[str(error["loc"][0])]))
        return None


def _member(form: Form) -> str | None:
    chosen = form.value("start-path-member")
    return None if chosen == WHOLE_HOUSEHOLD else chosen


def _chosen(form: Form, field: str, among: Container[str], sentence: str) -> str:
    if form.value(field) not in among:
        form.refuse(field, sentence)
    return form.value(field)
