"""The forms about entitlements."""

from datetime import date

from pydantic import ValidationError

from service.entitlements.law import kinds
from service.entitlements.schemas import ChangedDays, NewEntitlement, NothingFollows
from service.entitlements.words import AREAS
from service.web.forms import Form
from service.web.i18n import Translator, _
from workflows.domain.reasons import REASONS_OF_WAIVER, Reason

A_DAY = _("Please enter a day up to the year 2099, or leave it empty.")
SENTENCES = {
    "member": _("Please choose whom it is about."),
    "kind": _("Please choose what it is."),
    "starts_on": _("Please enter since when it holds."),
    "printed_until": A_DAY,
    "effective_until": A_DAY,
}
ENDS_TOO_EARLY = _("Nothing can end before its first day.")

FIELD_OF_RULE = {
    "reason-missing": "reason",
    "ends-before-start": "effective_until",
    "kind": "kind",
    "member": "member",
    "member-gone": "member",
}
"""Where on the form a broken rule belongs."""


def kind_options(t: Translator) -> list[tuple[str, str]]:
    """Return what can be noted, by what it is about."""
    return [
        (kind.key, f"{t(words)}: {kind.title.in_language(t.language)}")
        for area, words in AREAS.items()
        for kind in kinds().values()
        if kind.area == area
    ]


def entitlement_of(t: Translator, form: Form) -> NewEntitlement | None:
    """Read a new entitlement; None, with the errors on the form, if something is missing."""
    typed = {name: form.value(name) for name in ("member", "kind", "starts_on")}
    try:
        return NewEntitlement.model_validate(typed | _days(form))
    except ValidationError as wrong:
        _refuse(t, form, wrong)
        return None


def days_of(t: Translator, form: Form, starts_on: date) -> ChangedDays | None:
    """Read the days of an entitlement; None, with the errors on the form, if they do not fit."""
    try:
        days = ChangedDays.model_validate(_days(form))
    except ValidationError as wrong:
        _refuse(t, form, wrong)
        return None
    for name in ("printed_until", "effective_until"):
        last = getattr(days, name)
        if last is not None and last < starts_on:
            form.refuse(name, t(ENDS_TOO_EARLY))
    return days if form.ok else None


def nothing_follows_of(t: Translator, form: Form) -> NothingFollows | None:
    """Read why nothing has to follow; None, with the error on the form, without a reason."""
    reason = form.value("reason")
    if reason not in REASONS_OF_WAIVER:
        form.refuse("reason", t(_("Please choose a reason.")))
        return None
    return NothingFollows(reason=Reason(reason))


def _days(form: Form) -> dict[str, str | None]:
    return {name: form.value(name) or None for name in ("printed_until", "effective_until")}


def _refuse(t: Translator, form: Form, wrong: ValidationError) -> None:
    for error in wrong.errors():
        name = str(error["loc"][0]) if error["loc"] else None
        if name is None:
            last = "effective_until" if form.value("effective_until") else "printed_until"
            form.refuse(last, t(ENDS_TOO_EARLY))
        else:
            form.refuse(name, t(SENTENCES[name]))
