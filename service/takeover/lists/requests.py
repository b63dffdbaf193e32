"""The request behind a station: which agency was asked, on what basis, with which note."""

from dataclasses import dataclass
from datetime import date

from service.agencies.repository import AgencyRow, MunicipalityRow
from service.cases.consent_form import USUAL_VALIDITY
from service.takeover.lists.choices import find, quoted, similar
from service.takeover.lists.entries import Entries
from service.takeover.lists.progress import Progress
from service.takeover.lists.surroundings import Surroundings
from service.takeover.lists.values import NotADay, as_day, day_of, plain
from service.web.text import LONGEST_PARAGRAPHS
from workflows.domain.pathway import LegalBasis

ABOUT_A_REQUEST = ("agency", "basis", "consent_on", "consent_until", "note")
CONSENT = {"de": "Einwilligung", "en": "Consent"}


@dataclass(frozen=True)
class ConsentDays:
    """When a consent was given and until when it holds."""

    given_on: date
    valid_until: date


@dataclass(frozen=True)
class Request:
    """Whom the station was requested from. Exactly one of ``statute`` and ``consent`` is set."""

    agency: AgencyRow
    statute: str | None
    consent: ConsentDays | None
    note: str


def refuse_request(entries: Entries) -> None:
    """Note what belongs to a request, where none was sent."""
    for key in ABOUT_A_REQUEST:
        if entries.is_filled(key):
            entries.wrong(key, "not-requested")


def request_of(
    entries: Entries, here: Surroundings, progress: Progress, place: MunicipalityRow | None
) -> Request | None:
    """Return the request; None, with the faults noted, if something is wrong."""
    agency = _agency(entries, here, progress, place)
    note = entries.paragraphs("note", LONGEST_PARAGRAPHS)
    on = progress.days.get("requested")
    basis = _basis(entries, here, progress, on) if on else None
    if agency is None or basis is None:
        return None
    if isinstance(basis, ConsentDays):
        return Request(agency, None, basis, note)
    return Request(agency, basis.paragraph, None, note)


def _agency(
    entries: Entries, here: Surroundings, progress: Progress, place: MunicipalityRow | None
) -> AgencyRow | None:
    typed = entries.text("agency")
    if entries.is_wrong("agency"):
        return None
    of_area = [one for one in here.agencies if one.legal_area == progress.step.legal_area]
    fitting = [one for one in of_area if place is None or place.ags in one.municipalities]
    names = [one.name for one in fitting]
    by_name = {name: one for one in here.agencies for name in (one.key, one.name)}
    found = find(typed, {one.name: one for one in fitting}) or find(typed, by_name)
    if found in fitting:
        return found
    if not typed:
        code = "agency-missing"
    elif found is None:
        code = "unknown-agency"
    else:
        code = "agency-elsewhere" if found in of_area else "agency-of-another-area"
    entries.wrong("agency", code, value=typed, choices=similar(typed, names, here.language))
    return None


def _basis(
    entries: Entries, here: Surroundings, progress: Progress, on: date
) -> LegalBasis | ConsentDays | None:
    typed = entries.text("basis")
    if entries.is_wrong("basis"):
        return None
    if _names_consent(typed) or (not typed and entries.is_filled("consent_on")):
        return _consent(entries, here, typed, on)
    statutes = {one.paragraph: one for one in progress.step.statutes}
    found = find(typed, statutes)
    if found is None:
        code = "unknown-basis" if typed else "basis-missing"
        choices = quoted([*statutes, CONSENT[here.language]], here.language)
        entries.wrong("basis", code, value=typed, choices=choices)
    elif not found.in_force(on):
        entries.wrong("basis", "basis-not-in-force", value=found.paragraph, day=as_day(on))
        return None
    return found


def _names_consent(typed: str) -> bool:
    return plain(typed).startswith(tuple(plain(word) for word in CONSENT.values()))


def _consent(entries: Entries, here: Surroundings, typed: str, on: date) -> ConsentDays | None:
    """Return the consent; its day stands in a column of its own or behind the word itself."""
    given = entries.day("consent_on") or entries.past("consent_on", _day_in(typed, here.today))
    until = entries.any_day("consent_until")
    if entries.is_wrong("consent_on", "consent_until"):
        return None
    if given is None:
        entries.wrong("consent_on", "consent-undated")
        return None
    days = ConsentDays(given, until or given + USUAL_VALIDITY)
    if given > on:
        entries.wrong("consent_on", "consent-too-late", value=as_day(given), day=as_day(on))
    elif days.valid_until < on:
        entries.wrong(
            "consent_until", "consent-over", value=as_day(days.valid_until), day=as_day(on)
        )
    return days


def _day_in(typed: str, today: date) -> date | None:
    try:
        return day_of(typed.rpartition(" ")[2], today) if " " in typed else None
    except NotADay:
        return None
