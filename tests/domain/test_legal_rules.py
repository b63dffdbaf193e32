"""Rules of law as data: periods of the calendar, and versions that follow each other in time."""

from datetime import date

import pytest
from pydantic import ValidationError

from tests.domain.entitlements import entitlement, in_days
from workflows.domain.legal_rules import (
    ApplicationRule,
    LegalRule,
    Period,
    ended_by_law,
    rules_of_waiting,
)

RULE = LegalRule.model_validate(
    {
        "key": "benefits-end",
        "title": {"de": "Leistungen enden.", "en": "Benefits end."},
        "paragraph": "§ 1 AsylbLG",
        "scope": ["asylum-benefits"],
        "trigger": "recognition",
        "ends": "asylum-seekers-benefits",
        "duration": "end of month",
        "valid_to": in_days(0),
    }
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("end of month", "2028-02-03", "2028-02-29"),
        ("end of month", "2027-12-31", "2027-12-31"),
        ("1 day", "2027-12-31", "2028-01-01"),
        ("2 weeks", "2027-12-20", "2028-01-03"),
        ("1 month", "2027-01-31", "2027-02-28"),
        ("3 months", "2027-11-30", "2028-02-29"),
        ("1 year", "2028-02-29", "2029-02-28"),
        ("99 years", "2027-01-01", "2126-01-01"),
    ],
)
def test_a_period_ends_as_the_civil_code_says(text: str, first: str, last: str) -> None:
    period = Period.model_validate(text)
    assert period.last_day(date.fromisoformat(first)) == date.fromisoformat(last)
    assert str(period) == text
    assert Period.model_validate(period.model_dump()) == period


@pytest.mark.parametrize(
    "text", ["", "soon", "0 days", "100 days", "1 days and more", "1 decade", "-1 day", "end"]
)
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match="'end of month' or one like '1 year'"):
        Period.model_validate(text)


def test_a_period_is_also_read_back_from_what_a_program_stores() -> None:
    assert Period.model_validate({"count": 2, "unit": "week"}) == Period.model_validate("2 weeks")


def test_of_two_versions_the_one_in_force_on_the_day_counts() -> None:
    newer = RULE.model_copy(
        update={
            "valid_from": in_days(1),
            "valid_to": in_days(10),
            "duration": Period.model_validate("1 month"),
        }
    )
    rules = (RULE, newer)
    old = ended_by_law(entitlement("recognition", since=0), rules)
    new = ended_by_law(entitlement("recognition", since=1), rules)
    assert [(one.rule, one.kind) for one in (*old, *new)] == [
        ("benefits-end", "asylum-seekers-benefits")
    ] * 2
    assert old[0].last_day == RULE.duration.last_day(in_days(0))
    assert new[0].last_day == newer.duration.last_day(in_days(1))
    assert not ended_by_law(entitlement("recognition", since=11), rules)
    assert not ended_by_law(entitlement("toleration", since=0), rules)


WAITED = ApplicationRule.model_validate(
    {
        "key": "failure-to-act",
        "title": {"de": "Klage ist zulässig.", "en": "An action is admissible."},
        "paragraph": "§ 88 SGG",
        "scope": ["basic-income", "employment"],
        "duration": "6 months",
        "valid_to": "2027-12-31",
    }
)


@pytest.mark.parametrize(
    ("area", "filed", "today", "is_open"),
    [
        ("basic-income", "2027-01-15", "2027-07-15", False),
        ("basic-income", "2027-01-15", "2027-07-16", True),
        ("employment", "2026-08-31", "2027-02-28", False),
        ("employment", "2026-08-31", "2027-03-01", True),
        ("residence", "2020-01-15", "2027-07-16", False),
        ("basic-income", "2020-01-15", "2027-12-31", True),
        ("basic-income", "2020-01-15", "2028-01-01", False),
    ],
)
def test_an_application_has_waited_long_enough_on_the_day_after_the_period(
    area: str, filed: str, today: str, is_open: bool
) -> None:
    found = rules_of_waiting([WAITED], area, date.fromisoformat(filed), date.fromisoformat(today))
    assert found == ([WAITED] if is_open else [])
