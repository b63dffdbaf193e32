"""The entries of a consent, on the page of a new case and on a page of their own."""

from datetime import date, timedelta

from pydantic import ValidationError

from service.agencies.legal_areas import LEGAL_AREAS
from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.agencies.repository import AgencyRow
from service.cases.schemas import NewConsent
from service.sorting import sort_key
from service.web.forms import Form
from service.web.i18n import Translator, _

AREA = "area:"
AGENCY = "agency:"
USUAL_VALIDITY = timedelta(days=180)

NO_RECIPIENT = _("Please choose to whom the data may go.")
SENTENCES = {
    "member": _("Please choose who consents."),
    "agency": NO_RECIPIENT,
    "legal_area": NO_RECIPIENT,
    "fields": _("Please tick which data may be passed on."),
    "purpose": _("Please say what the data is passed on for, in at most 200 characters."),
    "given_at": _("Please enter the day on which the person consented."),
    "valid_until": _("Please enter until when the consent is valid."),
    "form": _("Please choose how the person consented."),
}
ENDS_TOO_EARLY = _("A consent cannot end before it was given.")
FORM_FIELDS = {"agency": "recipient", "legal_area": "recipient"}


def recipients(t: Translator, agencies: list[AgencyRow]) -> list[tuple[str, str]]:
    """Return who can be named: every legal area, then every agency."""
    areas = [
        (f"{AREA}{key}", t(_("All agencies for: %(area)s"), area=names.in_language(t.language)))
        for key, names in LEGAL_AREAS.items()
        if key != INTEGRATION_MANAGEMENT
    ]
    ordered = sorted(agencies, key=lambda agency: sort_key(agency.name))
    return [*areas, *((f"{AGENCY}{agency.key}", agency.name) for agency in ordered)]


def start_values(prefix: str, today: date) -> dict[str, str]:
    """Return what a new consent begins with."""
    return {
        f"{prefix}-given_at": today.isoformat(),
        f"{prefix}-valid_until": (today + USUAL_VALIDITY).isoformat(),
        f"{prefix}-form": "written",
    }


def consent_of(t: Translator, form: Form, prefix: str) -> NewConsent | None:
    """Read a consent; None, with the errors on the form, if something is missing."""
    recipient = form.value(f"{prefix}-recipient")
    typed: dict[str, object] = {
        "member": form.value(f"{prefix}-member"),
        "agency": recipient.removeprefix(AGENCY) if recipient.startswith(AGENCY) else None,
        "legal_area": recipient.removeprefix(AREA) if recipient.startswith(AREA) else None,
        "fields": form.values(f"{prefix}-fields"),
        "purpose": form.value(f"{prefix}-purpose").strip(),
        "given_at": form.value(f"{prefix}-given_at"),
        "valid_until": form.value(f"{prefix}-valid_until"),
        "form": form.value(f"{prefix}-form"),
    }
    if not recipient:
        form.refuse(f"{prefix}-recipient", t(NO_RECIPIENT))
    try:
        return NewConsent.model_validate(typed)
    except ValidationError as wrong:
        for error in wrong.errors():
            name = str(error["loc"][0]) if error["loc"] else None
            if name is None:
                form.refuse(f"{prefix}-valid_until", t(ENDS_TOO_EARLY)) if recipient else None
            else:
                form.refuse(f"{prefix}-{FORM_FIELDS.get(name, name)}", t(SENTENCES[name]))
        return None
