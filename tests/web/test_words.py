"""Dates, deadlines and codes in words."""

from datetime import UTC, date, datetime

import pytest

from service.web.dates import (
    Urgency,
    day_and_time,
    day_in_numbers,
    day_in_words,
    deadline_words,
)
from service.web.i18n import Translator, load_translators
from service.web.places import TRANSLATIONS
from service.web.rule_words import RULES
from service.web.words import WORDS, word
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.errors import RuleBroken
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.principal import Role
from workflows.domain.reasons import Reason
from workflows.domain.referral_state import ReferralOutcome
from workflows.domain.statuses import BusinessStatus, CaseStatus, Status, StepStatus

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)  # a Tuesday


@pytest.fixture(scope="module")
def de() -> Translator:
    return load_translators(TRANSLATIONS)["de"]


@pytest.fixture(scope="module")
def en() -> Translator:
    return load_translators(TRANSLATIONS)["en"]


def end_of(day: int, month: int = 12, year: int = 2026) -> datetime:
    """Return the last second of a winter day in Berlin."""
    return datetime(year, month, day, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "words", "urgency"),
    [
        (end_of(3), "bis Do, 3.12. · noch 2 Arbeitstage", Urgency.LATER),
        (end_of(2), "bis Mi, 2.12. · noch 1 Arbeitstag", Urgency.SOON),
        (end_of(7), "bis Mo, 7.12. · noch 4 Arbeitstage", Urgency.LATER),
        (end_of(1), "bis Di, 1.12. · heute", Urgency.SOON),
        (
            datetime(2026, 12, 1, 13, 30, tzinfo=UTC),
            "bis Di, 1.12. · heute, bis 14:30 Uhr",
            Urgency.SOON,
        ),
        (
            datetime(2026, 12, 1, 8, 0, tzinfo=UTC),
            "bis Di, 1.12. · seit heute überfällig",
            Urgency.OVERDUE,
        ),
        (end_of(30, 11), "bis Mo, 30.11. · seit 1 Arbeitstag überfällig", Urgency.OVERDUE),
        (end_of(24, 11), "bis Di, 24.11. · seit 5 Arbeitstagen überfällig", Urgency.OVERDUE),
        (end_of(4, 1, 2027), "bis Mo, 4.1.2027 · noch 22 Arbeitstage", Urgency.LATER),
    ],
)
def test_a_deadline_is_a_date_and_what_it_means(
    de: Translator, due_at: datetime, words: str, urgency: Urgency
) -> None:
    deadline = deadline_words(de, due_at, NOW)
    assert str(deadline) == words
    assert deadline.urgency is urgency


def test_weekends_are_no_working_days(de: Translator) -> None:
    friday = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
    sunday = datetime(2026, 12, 6, 9, 0, tzinfo=UTC)
    assert deadline_words(de, end_of(6), friday).meaning == "vor dem nächsten Arbeitstag"
    assert deadline_words(de, end_of(5), sunday).meaning == "überfällig"


def test_english_says_the_same(en: Translator) -> None:
    assert str(deadline_words(en, end_of(3), NOW)) == "by Thu, 3 Dec · 2 working days left"


def test_dates_are_those_of_berlin(de: Translator) -> None:
    late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert day_in_numbers(de, late) == "1.7.2026"
    assert day_and_time(de, late) == "1.7.2026, 00:30 Uhr"
    assert day_in_words(de, date(2026, 12, 3)) == "Donnerstag, 3. Dezember"


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("role", Role),
        ("referral_status", Status),
        ("step_status", StepStatus),
        ("case_status", CaseStatus),
        ("gap_kind", GapKind),
        ("gap_level", GapLevel),
        ("reason", Reason),
        ("action", Action),
        ("business_status", BusinessStatus),
        ("party", Party),
        ("referral_outcome", ReferralOutcome),
    ],
)
def test_every_code_has_its_word(kind: str, codes: type[Status]) -> None:
    assert set(WORDS[kind]) == set(codes)


def test_every_rule_has_its_sentence() -> None:
    assert set(RULES) == {rule.code for rule in RuleBroken.__subclasses__()}


def test_an_unknown_code_is_shown_as_it_is(de: Translator) -> None:
    assert word(de, "done", "step_status") == "erledigt"
    assert word(de, "new-one", "step_status") == "new-one"
