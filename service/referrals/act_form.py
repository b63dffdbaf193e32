"""The forms of a referral's page. Their fields carry the act's name: ``reject-note``."""

from datetime import date

from pydantic import ValidationError

from service.referrals.schemas import ActBody, AnswerSource
from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.text import LONGEST_PARAGRAPHS
from workflows.domain.moves import MOVES, Action
from workflows.domain.referral_state import Channel

RECORD = "record"
"""The form for the answer of an agency that is not on board; ``record-action`` is the act."""

FIELD_OF_RULE = {
    "reason-missing": "reason",
    "source-missing": "channel",
    "assignee-missing": "assignee",
    "assignee": "assignee",
}
"""Where on the form a broken rule belongs."""


def empty_form(today: date) -> Form:
    """Return the page's forms before anything was typed."""
    return Form.filled(**{"record-on": today.isoformat(), "record-channel": Channel.TELEPHONE})


def action_of(form: Form, name: str) -> Action | None:
    """Return the act that a form named ``name`` asks for, or None."""
    wanted = form.value("record-action") if name == RECORD else name
    return Action(wanted) if wanted in set(Action) else None


def act_body(t: Translator, form: Form, name: str, action: Action) -> ActBody | None:
    """Read what goes with the act; None, with the errors on the form, if something is missing."""
    _check(t, form, name, action)
    source = _source(t, form) if name == RECORD else None
    if not form.ok:
        return None
    return ActBody(
        expected_seq=_number(form.value("expected_seq")),
        reason=form.value(f"{name}-reason") if MOVES[action].reasons else None,
        note=_note(form, name) or None,
        assignee=form.value(f"{name}-assignee") or None,
        source=source,
    )


def _check(t: Translator, form: Form, name: str, action: Action) -> None:
    if MOVES[action].reasons and form.value(f"{name}-reason") not in MOVES[action].reasons:
        form.refuse(f"{name}-reason", t(_("Please choose a reason that fits.")))
    if len(_note(form, name)) > LONGEST_PARAGRAPHS:
        form.refuse(
            f"{name}-note",
            t(_("The note is too long; %(most)s characters fit."), most=LONGEST_PARAGRAPHS),
        )
    if action is Action.PROGRESS and not _note(form, name):
        form.refuse(f"{name}-note", t(_("Please write what has happened.")))
    if action is Action.ASSIGN and not form.value(f"{name}-assignee"):
        form.refuse(f"{name}-assignee", t(_("Please choose a colleague.")))


def _source(t: Translator, form: Form) -> AnswerSource | None:
    sentences = {
        "channel": _("Please choose how the answer came."),
        "on": _("Please enter the day of the answer."),
        "spoken_to": _("Please enter whom you spoke to."),
    }
    try:
        return AnswerSource.model_validate(
            {name: form.value(f"record-{name}") for name in sentences}
        )
    except ValidationError as wrong:
        for error in wrong.errors():
            name = str(error["loc"][0])
            form.refuse(f"record-{name}", t(sentences[name]))
        return None


def _note(form: Form, name: str) -> str:
    return form.value(f"{name}-note").strip()


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
