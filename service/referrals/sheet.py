"""The handover sheet: what an agency gets on paper that does not work with Nahtlos.

It holds what the agency may see of the step and no more, and a part to tick and send back. In
German: agencies read it. Tagged for screen readers (PDF/UA-1).
"""

import json
from dataclasses import asdict, dataclass, field

import typst

from service.agencies.repository import AgencyRow
from service.referrals.views import ReferralView, SubjectView
from service.web.dates import day_and_time, day_in_numbers, day_in_words
from service.web.i18n import Translator, _
from service.web.places import TEMPLATES
from service.web.words import word

LINE = "____________________"
TEMPLATE = TEMPLATES / "sheets" / "handover.typ"


@dataclass
class Section:
    """A part of the sheet: a heading, labelled rows, and points to bring along or to tick."""

    heading: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    ticked: bool = False


def handover_sheet(t: Translator, view: ReferralView, office: AgencyRow) -> bytes:
    """Return the sheet as a PDF."""
    data = {
        "title": t(_("Handover: %(step)s"), step=view.definition.title.in_language(t.language)),
        "author": office.name,
        "language": t.language,
        "footer": t(
            _("Confidential: personal data. Only for %(agency)s."), agency=view.to_agency.name
        ),
        "sections": [asdict(section) for section in _sections(t, view, office)],
    }
    pdf: bytes = typst.compile(
        TEMPLATE, sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"]
    )
    return pdf


def _sections(t: Translator, view: ReferralView, office: AgencyRow) -> list[Section]:
    documents = [one.in_language(t.language) for one in view.definition.documents]
    bring = [Section(t(_("The family brings along")), points=documents)] if documents else []
    return [
        Section(t(_("From whom, to whom")), _parties(t, view, office)),
        Section(t(_("Who it is about")), _people(t, view)),
        Section(t(_("What it is about")), _matter(t, view)),
        *bring,
        Section(t(_("Your answer")), _reply_to(t, office), _answers(t), ticked=True),
        Section(t(_("Who answers")), [(t(_("Name, date, signature")), 2 * LINE)]),
    ]


def _parties(t: Translator, view: ReferralView, office: AgencyRow) -> list[tuple[str, str]]:
    rows = [
        (t(_("From")), f"{office.name}, {view.case_manager}"),
        (t(_("To")), view.to_agency.name),
        (t(_("Sent on")), day_in_numbers(t, view.opened_at)),
    ]
    if view.predecessor_id:
        rows.append((t(_("First asked elsewhere on")), day_in_numbers(t, view.referred_at)))
    if view.clock:
        rows.append((t(_("Please answer by")), day_in_words(t, view.clock.due_at)))
    return rows


def _people(t: Translator, view: ReferralView) -> list[tuple[str, str]]:
    """Return only what the agency may see: the fields of the step."""
    several = len(view.subjects) > 1
    rows = [
        (
            t(_("Person %(number)s"), number=number) if several else t(_("Person")),
            ", ".join(_person(t, view, subject)),
        )
        for number, subject in enumerate(view.subjects, start=1)
    ]
    if view.household_size and "household" in view.fields:
        sentence = t.plural("%(num)s person", "%(num)s people", view.household_size)
        rows.append((t(_("Household")), sentence))
    rows.append((t(_("Municipality")), view.municipality_name))
    if view.interpreter:
        rows.append((t(_("Interpreter")), _language(t, view.interpreter)))
    return rows


def _person(t: Translator, view: ReferralView, subject: SubjectView) -> list[str]:
    shown = []
    if subject.name and "name" in view.fields:
        shown.append(subject.name)
    if subject.birth_date and "birth_date" in view.fields:
        shown.append(t(_("born on %(day)s"), day=day_in_numbers(t, subject.birth_date)))
    if subject.languages and "languages" in view.fields:
        shown.append(", ".join(_language(t, code) for code in subject.languages))
    return shown or [t(_("without name"))]


def _matter(t: Translator, view: ReferralView) -> list[tuple[str, str]]:
    rows = [
        (t(_("Step")), view.definition.title.in_language(t.language)),
        (t(_("Basis for passing it on")), view.basis_statute or t(_("consent of the person"))),
    ]
    if view.appointment:
        rows.append((t(_("Appointment")), day_and_time(t, view.appointment.at)))
    if view.application_benefit and view.application_filed_on:
        filed = t(_("filed on %(day)s"), day=day_in_numbers(t, view.application_filed_on))
        rows.append(
            (t(_("Application")), f"{word(t, view.application_benefit, 'benefit')}, {filed}")
        )
    if view.note and "note" in view.fields:
        rows.append((t(_("Note")), view.note))
    return rows


def _reply_to(t: Translator, office: AgencyRow) -> list[tuple[str, str]]:
    ways = ((t(_("Telephone")), office.telephone), (t(_("Fax")), office.fax))
    return [(label, number) for label, number in ways if number]


def _answers(t: Translator) -> list[str]:
    sentences = (
        _("We take it on. Appointment:"),
        _("We cannot take it on, because"),
        _("We are not competent. Competent is"),
    )
    return [f"{t(sentence)} {LINE}" for sentence in sentences]


def _language(t: Translator, code: str) -> str:
    name: str = t.locale.languages.get(code, code)
    return name
