"""The form that asks an agency to take a step: what can be chosen, and what was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError

from service.agencies.repository import AgencyRow
from service.cases.bases import consent_of
from service.cases.basis_field import basis_of, consent_option, statute_option
from service.cases.schemas import NewReferral
from service.cases.views import CaseView, ConsentView, MemberView, PathView, StepView
from service.web.dates import day_in_numbers
from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.note_field import note_of
from workflows.domain.basis import Application
from workflows.domain.transfer import whose_consent

SEND_ANYWAY = "send-anyway"

FIELD_OF_RULE = {
    "basis-missing": "basis",
    "note-not-covered": "note",
    "agency-unfit": "agency",
    "agency": "agency",
}
"""Where on the form a broken rule belongs."""


@dataclass(frozen=True)
class Choices:
    """What this step can be sent with: (value, label, about) for each basis that may hold.

    ``missing`` names those whose consent is still missing, if it is to rest on consent.
    ``interpreter`` is the language to interpret from, where somebody on the path needs that.
    """

    agencies: list[AgencyRow]
    bases: list[tuple[str, ...]]
    missing: list[str]
    interpreter: str


def choices_for(
    t: Translator,
    case: CaseView,
    path: PathView,
    step: StepView,
    agencies: list[AgencyRow],
    today: date,
) -> Choices:
    """Return the agencies that fit, and the statutes and consents that cover one of them."""
    statutes = [
        statute_option(t, rule) for rule in step.definition.statutes if rule.in_force(today)
    ]
    birth_dates = {member.id: member.birth_date for member in case.present}
    needed = whose_consent(path.member.id if path.member else None, birth_dates, today)
    covering = [
        consent
        for consent in case.consents
        if consent.member_id in needed
        and any(_covers(consent, agency, step, today) for agency in agencies)
    ]
    without = needed - {consent.member_id for consent in covering}
    consents = [] if without else [consent_option(t, case, consent) for consent in covering]
    return Choices(
        agencies=agencies,
        bases=[*statutes, *consents],
        missing=[member.name for member in case.household if member.id in without],
        interpreter=_language_to_interpret([path.member] if path.member else case.present),
    )


def start_form(choices: Choices, competent: AgencyRow | None, today: date) -> Form:
    """Return the form with what is most likely chosen: the first basis, and the agency that was
    named as competent, or else the only one with room.
    """
    with_room = [agency for agency in choices.agencies if not agency.is_full(today)]
    likely = competent or (with_room[0] if len(with_room) == 1 else None)
    return Form.filled(
        agency=likely.key if likely else "",
        basis=choices.bases[0][0] if choices.bases else "",
        interpreter=choices.interpreter,
    )


def referral_of(t: Translator, form: Form, path: UUID, step: str) -> NewReferral | None:
    """Read what is to be sent; None, with the errors on the form, if something is missing."""
    if not form.value("agency"):
        form.refuse("agency", t(_("Please choose an agency.")))
    basis = basis_of(form.value("basis"))
    if basis is None:
        form.refuse("basis", t(_("Please choose on which basis the data may be passed on.")))
    note = note_of(t, form, "note")
    application = _application(t, form)
    if not form.ok or basis is None:
        return None
    return NewReferral(
        step=step,
        path=path,
        agency=form.value("agency"),
        basis=basis,
        note=note,
        application=application,
        interpreter=form.value("interpreter") or None,
    )


def warn_of_no_room(t: Translator, form: Form, choices: Choices, today: date) -> None:
    """Refuse the form once if the chosen agency has no room, until somebody insists."""
    chosen = next((one for one in choices.agencies if one.key == form.value("agency")), None)
    if chosen is None or not chosen.is_full(today) or form.value(SEND_ANYWAY):
        return
    sentence = _("%(agency)s has no room at the moment. Send the request anyway?")
    if chosen.full_until:
        sentence = _("%(agency)s has no room until %(day)s. Send the request anyway?")
    day = day_in_numbers(t, chosen.full_until) if chosen.full_until else ""
    form.refuse(SEND_ANYWAY, t(sentence, agency=chosen.name, day=day))


def _language_to_interpret(members: Iterable[MemberView]) -> str:
    spoken = (member.languages for member in members if member.interpreter)
    return next((languages[0] for languages in spoken if languages), "")


def _application(t: Translator, form: Form) -> Application | None:
    """Read the application that goes along; a benefit is chosen only if there is one."""
    if not form.value("application-benefit"):
        return None
    try:
        return Application.model_validate(
            {name: form.value(f"application-{name}") for name in ("benefit", "office", "filed_at")}
        )
    except ValidationError as wrong:
        sentences = {
            "benefit": _("Please choose the benefit."),
            "office": _("Please choose where the application was filed."),
            "filed_at": _("Please enter the day on which it was filed."),
        }
        for error in wrong.errors():
            name = str(error["loc"][0])
            form.refuse(f"application-{name}", t(sentences[name]))
        return None


def _covers(consent: ConsentView, agency: AgencyRow, step: StepView, today: date) -> bool:
    fields = {str(field) for field in step.definition.fields}
    return consent_of(consent).covers(agency.id, agency.legal_area, fields, today)
