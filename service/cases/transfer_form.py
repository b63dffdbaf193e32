"""The form that offers a case to another office."""

from dataclasses import dataclass
from datetime import date

from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.agencies.repository import AgencyRow
from service.cases.bases import consent_of
from service.cases.basis_field import basis_of, consent_option, statute_option
from service.cases.schemas import TransferCase
from service.cases.views import CaseView
from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.note_field import note_of
from workflows.domain.personal_data import PersonalData
from workflows.domain.transfer import STATUTES_FOR_A_FILE


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
    statutes = [statute_option(t, rule) for rule in STATUTES_FOR_A_FILE if rule.in_force(today)]
    everything = {str(field) for field in PersonalData}
    consents = [
        consent_option(t, case, view)
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
    basis = basis_of(form.value("transfer-basis"))
    if basis is None:
        form.refuse(
            "transfer-basis", t(_("Please choose on which basis the data may be passed on."))
        )
    note = note_of(t, form, "transfer-note")
    if not form.ok or basis is None:
        return None
    return TransferCase(office=office, basis=basis, note=note)
