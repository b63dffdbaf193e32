"""Each row of a list becomes a case, or says in which column it is wrong and what to write."""

from datetime import date
from typing import Any

import pytest

from service.calendar import AgencyCalendar
from service.takeover.known import Directory
from service.takeover.lists.fault_words import FAULTS
from service.takeover.past import live_again
from service.web.i18n import Translator
from tests import cast
from tests.takeover.lists import (
    DUE,
    GOOD,
    MEMBER,
    NOW,
    agency,
    checked,
    surroundings,
)
from tests.world import PADERBORN, STATUTE, pathway
from workflows.domain.statuses import StepStatus

Change = dict[str, Any]

TODAY_SHORT = "1.6.26"

CONSENT = {"Grundlage": "Einwilligung"}

FAULTY: dict[str, tuple[Change, str, str]] = {
    "a consent to come, behind the word": (
        {"Grundlage": "Einwilligung 31.12.9999"},
        "Einwilligung vom",
        "in-the-future",
    ),
    "a birth date that is a novel": ({"Geburtsdatum": "x" * 300_000}, "Geburtsdatum", "not-a-date"),
    "no reference": ({"Aktenzeichen": " "}, "Aktenzeichen", "missing"),
    "a reference without an end": ({"Aktenzeichen": "x" * 61}, "Aktenzeichen", "too-long"),
    "no given name": ({"Vorname": None}, "Vorname", "missing"),
    "no family name": ({"Nachname": "  "}, "Nachname", "missing"),
    "a name without an end": ({"Nachname": "x" * 201}, "Nachname", "too-long"),
    "no birth date": ({"Geburtsdatum": None}, "Geburtsdatum", "missing"),
    "a birth date that no calendar has": (
        {"Geburtsdatum": "31.02.1990"},
        "Geburtsdatum",
        "not-a-date",
    ),
    "a birth date as a number": ({"Geburtsdatum": 33000}, "Geburtsdatum", "number-for-date"),
    "a birth to come": ({"Geburtsdatum": "01.01.2030"}, "Geburtsdatum", "in-the-future"),
    "a birth too long ago": ({"Geburtsdatum": "01.01.1890"}, "Geburtsdatum", "too-long-ago"),
    "a language that nobody speaks": ({"Sprachen": "ar, Elbisch"}, "Sprachen", "unknown-language"),
    "no municipality": ({"Gemeinde": ""}, "Gemeinde", "missing"),
    "a municipality that is not here": (
        {"Gemeinde": "Gütersloh"},
        "Gemeinde",
        "unknown-municipality",
    ),
    "a municipality of another office": (
        {"Gemeinde": "Büren"},
        "Gemeinde",
        "municipality-elsewhere",
    ),
    "nobody who looks after it": (
        {"Case Management": None},
        "Case Management",
        "case-manager-missing",
    ),
    "an account that is not here": (
        {"Case Management": "annna"},
        "Case Management",
        "unknown-case-manager",
    ),
    "a case manager of another office": (
        {"Case Management": "Ben Brandt"},
        "Case Management",
        "case-manager-elsewhere",
    ),
    "no pathway": ({"Integrationspfad": ""}, "Integrationspfad", "missing"),
    "a pathway that is not here": (
        {"Integrationspfad": "Ankommen"},
        "Integrationspfad",
        "unknown-pathway",
    ),
    "no station": ({"Station": ""}, "Station", "missing"),
    "a station of no pathway": ({"Station": "Station jobzentrum"}, "Station", "unknown-step"),
    "another station of no pathway": (
        {"Auch erledigt": "Station school; Kita"},
        "Auch erledigt",
        "unknown-step",
    ),
    "a standing that says nothing": ({"Stand": "irgendwie"}, "Stand", "unknown-status"),
    "a day that the standing needs": (
        {"Stand": "angekommen"},
        "Angekommen am",
        "day-needed",
    ),
    "a day against the standing": (
        {"Angekommen am": date(2026, 3, 12)},
        "Angekommen am",
        "day-against-status",
    ),
    "a day to come": ({"Angenommen am": "02.06.2026"}, "Angenommen am", "in-the-future"),
    "a day of another century": ({"Fall seit": "02.03.1926"}, "Fall seit", "too-long-ago"),
    "days out of order": (
        {"Angenommen am": date(2026, 3, 1)},
        "Angenommen am",
        "out-of-order",
    ),
    "a case before the birth": (
        {"Geburtsdatum": "03.03.2026"},
        "Angefragt am",
        "before-birth",
    ),
    "no beginning": (
        DUE | {"Fall seit": None},
        "Fall seit",
        "start-missing",
    ),
    "an agency without a request": (
        DUE | {"Stelle": "receiver"},
        "Stelle",
        "not-requested",
    ),
    "a note without a request": (
        DUE | {"Notiz an die Stelle": "Bitte anrufen."},
        "Notiz an die Stelle",
        "not-requested",
    ),
    "no agency": ({"Stelle": ""}, "Stelle", "agency-missing"),
    "an agency that is not here": ({"Stelle": "Jobzenter"}, "Stelle", "unknown-agency"),
    "an agency of another legal area": (
        {"Stelle": "Ausländerbehörde Paderborn"},
        "Stelle",
        "agency-of-another-area",
    ),
    "an agency of another place": ({"Stelle": "Jobcenter Büren"}, "Stelle", "agency-elsewhere"),
    "no basis": ({"Grundlage": None}, "Grundlage", "basis-missing"),
    "a basis that permits nothing": ({"Grundlage": "§ 1 BGB"}, "Grundlage", "unknown-basis"),
    "a consent without a day": (CONSENT, "Einwilligung vom", "consent-undated"),
    "a consent after the request": (
        CONSENT | {"Einwilligung vom": "03.03.2026"},
        "Einwilligung vom",
        "consent-too-late",
    ),
    "a consent that was over": (
        CONSENT | {"Einwilligung vom": "01.01.2026", "Einwilligung bis": "01.03.2026"},
        "Einwilligung bis",
        "consent-over",
    ),
    "a note without an end": (
        {"Notiz an die Stelle": "x" * 4001},
        "Notiz an die Stelle",
        "too-long",
    ),
}


@pytest.mark.parametrize(("change", "column", "code"), FAULTY.values(), ids=FAULTY)
def test_a_fault_is_told_by_row_column_and_kind(change: Change, column: str, code: str) -> None:
    other = GOOD | {"Aktenzeichen": "A-2"}

    found = checked(GOOD | change, other)

    assert [(one.row, one.column, one.code) for one in found.faults] == [(2, column, code)]
    assert [case.reference for case in found.cases] == ["A-2"]


@pytest.mark.parametrize(("change", "column", "code"), FAULTY.values(), ids=FAULTY)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_fault_has_two_whole_sentences(
    translators: dict[str, Translator], change: Change, column: str, code: str, language: str
) -> None:
    t = translators[language]

    [fault] = checked(GOOD | change, language=language).faults

    assert (fault.column, fault.code) == (column, code)
    for sentence in (fault.wrong(t), fault.remedy(t)):
        assert sentence.endswith(".")
        assert "%(" not in sentence
    if language == "de":
        assert fault.wrong(t) != FAULTS[code][0] % fault.params


def test_more_than_twenty_kinds_are_told_apart() -> None:
    assert len({code for _, _, code in FAULTY.values()}) > 20


def test_a_row_tells_all_that_is_wrong_with_it() -> None:
    found = checked(GOOD | {"Vorname": "", "Geburtsdatum": "gestern", "Stelle": "Jobzenter"})

    assert [one.column for one in found.faults] == ["Vorname", "Geburtsdatum", "Stelle"]


@pytest.mark.parametrize(
    ("change", "nearest"),
    [
        ({"Stelle": "Jobcenter Paderbron"}, "„Jobcenter Paderborn“"),
        ({"Gemeinde": "Padeborn"}, "„Paderborn“"),
        ({"Station": "Step jobcenter"}, "„Step job-centre“"),
        ({"Grundlage": "§ 1 BGB"}, f"„{STATUTE}“, „Einwilligung“"),
        ({"Sprachen": "Arabich"}, "„Arabisch“"),
    ],
)
def test_what_comes_nearest_is_proposed(change: Change, nearest: str) -> None:
    [fault] = checked(GOOD | change).faults

    assert nearest in fault.params["choices"]


FORGIVEN: dict[str, Change] = {
    "blanks and case": {"Stelle": "  jobcenter PADERBORN ", "Stand": " Angenommen "},
    "keys for names": {"Stelle": "receiver", "Integrationspfad": "benefit-change"},
    "English titles": {"Integrationspfad": "Benefit change", "Station": "Step job-centre"},
    "English words": {"Stand": "accepted", "Sprachen": "Arabic and English"},
    "an AGS that lost its zero": {"Gemeinde": 5774032},
    "a person's name for the account": {"Case Management": "Anna Albers"},
    "short days": {"Angefragt am": "2.3.26", "Angenommen am": "9. 3. 2026"},
    "ISO days": {"Angefragt am": "2026-03-02", "Angenommen am": "2026-03-09T00:00:00"},
    "a statute without blanks": {"Grundlage": STATUTE.replace(" ", "")},
    "a consent in one cell": {"Grundlage": "Einwilligung vom 1.3.2026"},
    "a consent by its day alone": {"Grundlage": None, "Einwilligung vom": date(2026, 3, 1)},
    "no word for the standing": {"Stand": None},
}


@pytest.mark.parametrize("change", FORGIVEN.values(), ids=FORGIVEN)
def test_what_is_meant_is_understood(change: Change) -> None:
    found = checked(GOOD | change)

    assert found.faults == []
    [case] = found.cases
    assert (case.story.municipality, case.story.case_manager) == (PADERBORN, "anna")
    assert [act.at.date() for act in case.story.acts] == [date(2026, 3, 2), date(2026, 3, 9)]


def test_a_year_of_birth_with_two_digits_lies_in_the_past() -> None:
    [case] = checked(GOOD | {"Geburtsdatum": "4.5.90"}).cases

    assert case.story.household[0].birth_date == date(1990, 5, 4)


def test_further_rows_of_a_reference_are_its_household() -> None:
    [case] = checked(GOOD, MEMBER).cases

    assert case.rows == (2, 3)
    people = [(one.given_name, one.role) for one in case.story.household]
    assert people == [("Mariam", "adult"), ("Idris", "child")]


def test_the_member_may_stand_above_the_one_with_the_path() -> None:
    [case] = checked(MEMBER, GOOD).cases

    assert [one.given_name for one in case.story.household] == ["Mariam", "Idris"]


def test_a_second_path_under_the_same_reference_is_a_fault_of_its_own_row() -> None:
    found = checked(GOOD, GOOD)

    assert [(one.row, one.code) for one in found.faults] == [(3, "reference-twice")]
    assert len(found.cases) == 1


def test_a_household_with_a_fault_waits_as_a_whole() -> None:
    found = checked(GOOD, MEMBER | {"Geburtsdatum": ""})

    assert [(one.row, one.code) for one in found.faults] == [
        (2, "household-at-fault"),
        (3, "missing"),
    ]
    assert found.cases == []


def test_a_household_is_not_larger_than_a_case_can_be() -> None:
    found = checked(GOOD, *([MEMBER] * 20))

    assert "household-too-large" in {one.code for one in found.faults}
    assert found.cases == []


def test_a_member_without_anybody_on_a_path_lacks_the_path() -> None:
    found = checked(MEMBER)

    assert {one.column for one in found.faults} >= {"Integrationspfad", "Station"}


def test_what_is_here_already_is_counted_and_left_alone() -> None:
    office = agency(0).id

    found = checked(GOOD | {"Vorname": ""}, MEMBER, taken_over=frozenset({(office, "A-1")}))

    assert (found.cases, found.faults, found.known) == ([], [], 2)


def test_the_templates_example_is_never_taken_over() -> None:
    found = checked(GOOD | {"Aktenzeichen": "BEISPIEL"}, GOOD)

    assert (found.rows, len(found.cases)) == (1, 1)


def test_whoever_uploads_looks_after_cases_that_name_nobody() -> None:
    [case] = checked(GOOD | {"Case Management": None}, own_account="anna").cases

    assert case.story.case_manager == "anna"


def test_without_an_office_the_case_manager_decides_whose_case_it_is() -> None:
    found = checked(GOOD, GOOD | {"Aktenzeichen": "A-2", "Case Management": "ben"}, office=None)

    assert [case.office for case in found.cases] == [cast.OFFICE_A, cast.OFFICE_B]


def test_what_comes_before_the_station_is_done_and_what_is_named() -> None:
    row = DUE | {"Station": "Station residence", "Auch erledigt": "Station school"}

    [case] = checked(row).cases

    assert case.story.paths[0].done == ("job-centre", "school")


async def test_every_good_row_can_have_happened() -> None:
    here = surroundings()
    directory = Directory(
        municipalities=frozenset({PADERBORN}),
        agencies={one.key: one for one in here.agencies},
        people={"anna": cast.ANNA},
        pathways={("benefit-change", 1): pathway()},
    )
    rows = [
        GOOD | change | {"Aktenzeichen": f"A-{n}"} for n, change in enumerate(FORGIVEN.values())
    ]
    completed = GOOD | {"Stand": "erledigt", "Angekommen am": "12.03.2026"}
    rows += [DUE, completed | {"Erledigt am": TODAY_SHORT, "Aktenzeichen": "B"}]

    for case in checked(*rows).cases:
        known = directory.known_to(case.story)
        lived = await live_again(AgencyCalendar({}), case.story, known, cast.OFFICE_A, NOW)
        assert lived.history.case.seq >= 1

    assert lived.history.case.paths[0].steps[0].status is StepStatus.DONE
