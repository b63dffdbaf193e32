"""The form that offers a case to another office."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError

from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.agencies.repository import AgencyRow
from service.cases.bases import consent_of
from service.cases.schemas import TransferCase
from service.cases.views import CaseView
from service.web.dates import day_in_numbers
from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.text import LONGEST_PARAGRAPHS
from workflows.domain.basis import Basis
from workflows.domain.personal_data import PersonalData
from workflows.domain.transfer import STATUTES_FOR_A_FILE

STATUTE, CONSENT = "statute:", "consent:"


@dataclass(frozen=True)
class TransferChoices:
    """To whom a case can be offered, and on which bases: (value, label, about)."""

    offices: list[AgencyRow]
    bases: list[tuple[str, ...]]


def transfer_choices(
    t: Translator, case: CaseView, offices: list[AgencyRow], today: date
) -> TransferChoices:
    """Return the other offices, the statutes in force, and the consents to pass on everything."""
    others = [office for office in offices if office.id != case.office.id]
    statutes = [
        (f"{STATUTE}{rule.paragraph}", rule.paragraph, t(_("not checked by a lawyer yet")))
        for rule in STATUTES_FOR_A_FILE
        if rule.in_force(today)
    ]
    everything = {str(field) for field in PersonalData}
    consents = [
        (f"{CONSENT}{view.id}", _label(t, case, view.member_id, view.given_on))
        for view in case.consents
        if any(
            consent_of(view).covers(office.id, INTEGRATION_MANAGEMENT, everything, today)
            for office in others
        )
    ]
    return TransferChoices(others, [*statutes, *consents])


def transfer_of(t: Translator, form: Form) -> TransferCase | None:
    """Read what is offered; None, with the errors on the form, if something is missing."""
    office = form.value("transfer-office")
    if not office.replace("-", "").isalnum():
        form.refuse("transfer-office", t(_("Please choose an office.")))
    basis = _basis(form.value("transfer-basis"))
    if basis is None:
        form.refuse(
            "transfer-basis", t(_("Please choose on which basis the data may be passed on."))
        )
    note = form.value("transfer-note").strip()
    if len(note) > LONGEST_PARAGRAPHS:
        sentence = _("The note is too long; %(most)s characters fit.")
        form.refuse("transfer-note", t(sentence, most=LONGEST_PARAGRAPHS))
    if not form.ok or basis is None:
        return None
    return TransferCase(office=office, basis=basis, note=note or None)


def _basis(chosen: str) -> Basis | None:
    try:
        if chosen.startswith(STATUTE):
            return Basis(statute=chosen.removeprefix(STATUTE))
        return Basis(consent=UUID(chosen.removeprefix(CONSENT)))
    except (ValueError, ValidationError):
        return None


def _label(t: Translator, case: CaseView, member_id: UUID, given_on: date) -> str:
    name = next(member.name for member in case.household if member.id == member_id)
    return t(_("Consent of %(name)s of %(day)s"), name=name, day=day_in_numbers(t, given_on))
