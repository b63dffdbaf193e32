"""The basis of a transfer of data as a form holds it: a statute or a consent."""

from uuid import UUID

from service.cases.views import CaseView, ConsentView
from service.web.dates import day_in_numbers
from service.web.i18n import Translator, _
from workflows.domain.basis import Basis
from workflows.domain.pathway import LegalBasis
from workflows.domain.personal_data import PersonalData

STATUTE = "statute:"
CONSENT = "consent:"


def statute_option(t: Translator, rule: LegalBasis) -> tuple[str, ...]:
    """Return the choice of a statute: value, label, and what is to be known about it."""
    option = (f"{STATUTE}{rule.paragraph}", rule.paragraph)
    return option if rule.checked else (*option, t(_("not checked by a lawyer yet")))


def consent_option(t: Translator, case: CaseView, consent: ConsentView) -> tuple[str, ...]:
    """Return the choice of a consent: value, label, and what is to be known about it."""
    option = (f"{CONSENT}{consent.id}", _label(t, case, consent))
    covers_note = PersonalData.NOTE in consent.fields
    return option if covers_note else (*option, t(_("covers no note")))


def basis_of(chosen: str) -> Basis | None:
    """Return the basis that was chosen, None if none was."""
    try:
        if chosen.startswith(STATUTE):
            return Basis(statute=chosen.removeprefix(STATUTE))
        return Basis(consent=UUID(chosen.removeprefix(CONSENT)))
    except ValueError:
        return None


def _label(t: Translator, case: CaseView, consent: ConsentView) -> str:
    name = next(member.name for member in case.household if member.id == consent.member_id)
    day = day_in_numbers(t, consent.given_on)
    if consent.agency:
        sentence = _("Consent of %(name)s of %(day)s, only for %(agency)s")
        return t(sentence, name=name, day=day, agency=consent.agency.name)
    return t(_("Consent of %(name)s of %(day)s"), name=name, day=day)
