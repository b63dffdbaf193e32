"""The forms of a referral's page. Their fields carry the act's name: ``reject-note``."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TypeVar

from pydantic import ValidationError

from service.referrals.schemas import ActBody, AnswerSource, AppointmentBody
from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.text import LONGEST_PARAGRAPHS
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.conferences import LegalStep
from workflows.domain.holds import MEANING
from workflows.domain.moves import MOVES, Move
from workflows.domain.referral_state import Channel, ReferralOutcome
from workflows.domain.working_days import BERLIN

RECORD = "record"
"""The form for the answer of an agency that is not on board; ``record-action`` is the act."""

FIELD_OF_RULE = {
    "reason-missing": "reason",
    "source-missing": "channel",
    "assignee-missing": "assignee",
    "assignee": "assignee",
    "note-missing": "note",
    "party-missing": "party",
    "day-unfit": "until",
    "appointment-unfit": "day",
    "competent-agency-missing": "agency",
    "conference-result-missing": "agency",
    "agency": "agency",
}
"""Where on the form a broken rule belongs."""

WHAT_TO_WRITE: Mapping[Action, str] = {
    Action.PROGRESS: _("Please write what has happened."),
    Action.ASK: _("Please write what you want to know."),
    Action.ANSWER: _("Please write your answer."),
    Action.CONFER: _("Please write what was said, so that everybody can read it."),
}
Choice = TypeVar("Choice", Party, ReferralOutcome, LegalStep)

TAKES_A_DAY = frozenset({Action.HOLD, Action.MOVE_DEADLINE})


def empty_form(today: date) -> Form:
    """Return the page's forms before anything was typed."""
    answered = {
        f"{name}-{field}": value
        for name in (RECORD, *Action)
        for field, value in (("on", today.isoformat()), ("channel", Channel.TELEPHONE))
    }
    return Form.filled(**answered)


def action_of(form: Form, name: str) -> Action | None:
    """Return the act that a form named ``name`` asks for, or None."""
    wanted = form.value("record-action") if name == RECORD else name
    return Action(wanted) if wanted in set(Action) else None


def act_body(t: Translator, form: Form, name: str, action: Action) -> ActBody | None:
    """Read what goes with the act; None, with the errors on the form, if something is missing."""
    move = MOVES.get(action)
    _check(t, form, name, action, move)
    source = _source(t, form, name) if form.value(f"{name}-channel") else None
    until = _day(t, form, f"{name}-until") if action in TAKES_A_DAY else None
    appointment = _appointment(t, form, name) if action is Action.APPOINT else None
    if not form.ok:
        return None
    return ActBody(
        expected_seq=_number(form.value("expected_seq")),
        reason=form.value(f"{name}-reason") if move and move.reasons else None,
        note=_note(form, name) or None,
        assignee=form.value(f"{name}-assignee") or None,
        source=source,
        until=until,
        party=_chosen(form.value(f"{name}-party"), Party),
        agency=form.value(f"{name}-agency") or None,
        appointment=appointment,
        outcome=_chosen(form.value(f"{name}-outcome"), ReferralOutcome),
        next_step=_chosen(form.value(f"{name}-next_step"), LegalStep),
    )


def _check(t: Translator, form: Form, name: str, action: Action, move: Move | None) -> None:
    if move and move.reasons and form.value(f"{name}-reason") not in move.reasons:
        form.refuse(f"{name}-reason", t(_("Please choose a reason that fits.")))
    if len(_note(form, name)) > LONGEST_PARAGRAPHS:
        form.refuse(
            f"{name}-note",
            t(_("The note is too long; %(most)s characters fit."), most=LONGEST_PARAGRAPHS),
        )
    is_question = action is Action.HOLD and form.value(f"{name}-party") == Party.SENDER
    if not _note(form, name) and (action in WHAT_TO_WRITE or is_question):
        form.refuse(f"{name}-note", t(WHAT_TO_WRITE[Action.ASK if is_question else action]))
    if action is Action.ASSIGN and not form.value(f"{name}-assignee"):
        form.refuse(f"{name}-assignee", t(_("Please choose a colleague.")))
    if action is Action.REDIRECT and not form.value(f"{name}-agency"):
        form.refuse(f"{name}-agency", t(_("Please choose the agency that is competent.")))
    agreed, next_step = form.value(f"{name}-agency"), form.value(f"{name}-next_step")
    if action is Action.CONFER and bool(agreed) == bool(next_step):
        form.refuse(f"{name}-agency", t(_("Please choose an agency or the next legal step.")))
    if action is Action.HOLD and form.value(f"{name}-party") not in set(MEANING):
        form.refuse(f"{name}-party", t(_("Please choose whom you wait for.")))


def _source(t: Translator, form: Form, name: str) -> AnswerSource | None:
    sentences = {
        "channel": _("Please choose how the answer came."),
        "on": _("Please enter the day of the answer."),
        "spoken_to": _("Please enter whom you spoke to."),
    }
    try:
        return AnswerSource.model_validate(
            {field: form.value(f"{name}-{field}") for field in sentences}
        )
    except ValidationError as wrong:
        for error in wrong.errors():
            field = str(error["loc"][0])
            form.refuse(f"{name}-{field}", t(sentences[field]))
        return None


def _appointment(t: Translator, form: Form, name: str) -> AppointmentBody | None:
    day = _day(t, form, f"{name}-day")
    try:
        begins = time.fromisoformat(form.value(f"{name}-time"))
    except ValueError:
        form.refuse(f"{name}-time", t(_("Please enter a time, such as 9:30.")))
        return None
    if day is None:
        return None
    return AppointmentBody(
        at=datetime.combine(day, begins, tzinfo=BERLIN),
        interpreter=form.value(f"{name}-interpreter") or None,
    )


def _day(t: Translator, form: Form, field: str) -> date | None:
    try:
        return date.fromisoformat(form.value(field))
    except ValueError:
        form.refuse(field, t(_("Please enter a day.")))
        return None


def _chosen(text: str, of: type[Choice]) -> Choice | None:
    return of(text) if text in set(of) else None


def _note(form: Form, name: str) -> str:
    return form.value(f"{name}-note").strip()


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
