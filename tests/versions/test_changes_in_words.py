"""What a version changes, in German and English: every field has its sentence."""

from datetime import timedelta

import pytest

from service.versions.change_words import FIELDS, sentences_of, titles_of
from service.versions.comparing import differences
from service.versions.value_words import FACTS, RELEASES, condition_words, rule_words, term_words
from service.web.i18n import Translator, load_translators
from service.web.places import TRANSLATIONS
from tests.domain.test_pathway_changes import BEFORE, OTHER, changed
from tests.domain.test_pathway_definitions import pathway, step
from workflows.domain.household import HouseholdFact
from workflows.domain.pathway import LegalBasis, Pathway
from workflows.domain.pathway_changes import changes_between, fields_compared
from workflows.domain.referral_state import Release
from workflows.domain.terms import Term

TRANSLATORS = load_translators(TRANSLATIONS)
DE, EN = TRANSLATORS["de"], TRANSLATORS["en"]


def said(t: Translator, earlier: Pathway, later: Pathway) -> list[str]:
    return [sentence for one in differences(t, earlier, later) for sentence in one.sentences]


def with_second(**more: object) -> Pathway:
    return pathway(BEFORE[0], BEFORE[1] | more, BEFORE[2])


def test_every_field_that_is_compared_has_its_words() -> None:
    assert set(FIELDS) == fields_compared()
    assert set(FACTS) == set(HouseholdFact)
    assert set(RELEASES) == set(Release)


@pytest.mark.parametrize("field", sorted(OTHER))
def test_a_change_of_any_field_is_said_in_both_languages(field: str) -> None:
    earlier, later = pathway(*BEFORE), changed(field)
    for one, other in ((earlier, later), (later, earlier)):
        [change] = changes_between(one, other)
        texts = {t.language: sentences_of(t, change, titles_of(t, one, other)) for t in (DE, EN)}
        assert all(texts["de"]), field
        assert all(texts["en"]), field
        assert texts["de"] != texts["en"]


def test_a_term_is_said_with_the_one_before() -> None:
    earlier = with_second(terms={"respond": "10 working days"})
    later = with_second(terms={"respond": "5 working days"})
    assert said(DE, earlier, later) == ["Frist für die Antwort: 5 Arbeitstage statt 10 Arbeitstage"]
    assert said(EN, earlier, later) == [
        "Time for the answer: 5 working days instead of 10 working days"
    ]


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (None, "keine Frist"),
        (Term(working_days=1), "1 Arbeitstag"),
        (Term(duration=timedelta(hours=4)), "4 Stunden"),
        (Term(duration=timedelta(days=1, hours=1, minutes=30)), "1 Tag 1 Stunde 30 Minuten"),
        (Term(duration=timedelta(milliseconds=300)), "PT0.3S"),
    ],
)
def test_a_term_is_said_exactly(term: Term | None, words: str) -> None:
    assert term_words(DE, term) == words


def test_documents_and_fields_that_come_and_go_are_said_one_by_one() -> None:
    passport, photo = {"de": "Pass", "en": "Passport"}, {"de": "Foto", "en": "Photo"}
    earlier = with_second(documents=[passport], fields=["name", "note"])
    later = with_second(documents=[photo], fields=["name", "birth_date"])
    assert said(DE, earlier, later) == [
        "Auch mitzubringen: „Foto“",
        "Nicht mehr mitzubringen: „Pass“",
        "Die Stelle sieht auch: Geburtsdatum",
        "Die Stelle sieht nicht mehr: Notiz",
    ]


def test_documents_in_another_order_are_said_too() -> None:
    passport, photo = {"de": "Pass", "en": "Passport"}, {"de": "Foto", "en": "Photo"}
    earlier, later = (
        with_second(documents=[passport, photo]),
        with_second(documents=[photo, passport]),
    )
    assert said(DE, earlier, later) == ["Eine Liste hat eine andere Reihenfolge: „Foto“ und „Pass“"]


def test_a_rule_that_was_checked_is_said_beside_what_stood_there_before() -> None:
    rule = {"paragraph": "§ 34 SchulG NRW"}
    earlier = with_second(statutes=[rule, {"paragraph": "§ 69 SGB X"}])
    later = with_second(statutes=[rule | {"checked": True, "valid_to": "2027-07-31"}])
    assert said(DE, earlier, later) == [
        "§ 34 SchulG NRW (bis 31.7.2027, rechtlich geprüft) statt "
        "§ 34 SchulG NRW (rechtlich ungeprüft)",
        "Erlaubt die Weitergabe von Daten nicht mehr: § 69 SGB X (rechtlich ungeprüft)",
    ]
    unchecked = LegalBasis.model_validate(rule | {"valid_from": "2026-08-01"})
    assert rule_words(EN, unchecked) == "§ 34 SchulG NRW (from 1 Aug 2026, legally unchecked)"


def test_a_rule_that_stands_there_twice_is_said_as_it_is() -> None:
    rule = {"paragraph": "§ 34 SchulG NRW"}
    later = with_second(statutes=[rule, rule | {"valid_from": "2026-08-01"}])
    assert said(EN, with_second(statutes=[rule]), later) == [
        "This permits the transfer of data as well: "
        "§ 34 SchulG NRW (from 1 Aug 2026, legally unchecked)"
    ]


def test_steps_are_named_as_the_later_version_names_them() -> None:
    register = step("first") | {"title": {"de": "Anmelden", "en": "Register"}}
    earlier = pathway(*BEFORE)
    later = pathway(register, BEFORE[1] | {"after": ["first", "third"]}, BEFORE[2])
    assert said(DE, earlier, later) == [
        "Name: „Anmelden“ statt „Ankommen“",
        "Sie beginnt: wenn alle erledigt sind: Anmelden und Ankommen statt sofort",
    ]


def test_steps_that_come_and_go_are_said_with_what_matters() -> None:
    school = step("school", ["first"], when=["has-child-of-school-age"], legal_area="schooling")
    earlier, later = pathway(*BEFORE), pathway(*BEFORE[:2], school)
    found = differences(DE, earlier, later)
    assert [(one.kind, one.sentences) for one in found] == [
        (
            "added",
            [
                "Neue Station. Rechtsbereich: Schule.",
                "Sie beginnt: nach Ankommen.",
                "Sie gehört dazu: nur für einen Haushalt mit einem Kind im Schulalter.",
            ],
        ),
        ("removed", ["Die Station fällt weg."]),
    ]
    assert condition_words(EN, []) == "for every household"
