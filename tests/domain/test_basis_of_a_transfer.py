"""A step's data goes to an agency only where a statute of the step or a consent permits it."""

from datetime import date
from typing import Any

import pytest

from tests.cast import OTHER_AGENCY, RECEIVER
from workflows.domain.basis import Basis, Consent
from workflows.domain.errors import BasisMissing
from workflows.domain.pathway import LegalBasis, StepDefinition
from workflows.domain.transfer import check_basis

TODAY = date(2027, 3, 1)
RULE = "§ 67d SGB X"
CONSENT_ID = OTHER_AGENCY
BY_STATUTE = Basis(statute=RULE)
BY_CONSENT = Basis(consent=CONSENT_ID)
CONSENT = Consent(
    agency=None,
    legal_area="schooling",
    fields=frozenset({"name", "birth_date"}),
    given_on=TODAY,
    valid_until=date(2027, 8, 31),
)


def station(**changes: Any) -> StepDefinition:
    """Return a step that passes on name and birth date, and whose rule is from 2027."""
    definition = {
        "key": "school",
        "title": {"de": "Schule", "en": "School"},
        "legal_area": "schooling",
        "fields": ["name", "birth_date"],
        "statutes": [{"paragraph": RULE, "valid_from": "2027-01-01", "valid_to": "2027-12-31"}],
    }
    return StepDefinition.model_validate(definition | changes)


def refused(step: StepDefinition, basis: Basis, consent: Consent | None, on: date) -> bool:
    """Tell whether the transfer is refused."""
    try:
        check_basis(step, basis, consent, RECEIVER, on)
    except BasisMissing:
        return True
    return False


def test_a_statute_that_the_step_names_is_enough() -> None:
    assert not refused(station(), BY_STATUTE, None, TODAY)


@pytest.mark.parametrize("statute", ["§ 67b SGB X", "67d SGB X", "because we can"])
def test_a_statute_that_the_step_does_not_name_is_not(statute: str) -> None:
    assert refused(station(), Basis(statute=statute), None, TODAY)


@pytest.mark.parametrize(
    ("day", "is_refused"),
    [
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
        (date(2027, 12, 31), False),
        (date(2028, 1, 1), True),
    ],
)
def test_a_statute_permits_while_it_is_in_force(day: date, is_refused: bool) -> None:
    assert refused(station(), BY_STATUTE, None, day) is is_refused


def test_a_rule_without_dates_is_in_force() -> None:
    assert LegalBasis(paragraph=RULE).in_force(TODAY)


def test_a_refusal_names_the_step_and_nothing_else() -> None:
    with pytest.raises(BasisMissing) as refusal:
        check_basis(station(statutes=[]), BY_STATUTE, None, RECEIVER, TODAY)
    assert refusal.value.params == {"step": "school"}


def test_a_consent_that_covers_agency_and_fields_is_enough() -> None:
    assert not refused(station(statutes=[]), BY_CONSENT, CONSENT, TODAY)


def test_a_consent_that_the_case_does_not_have_is_not() -> None:
    assert refused(station(statutes=[]), BY_CONSENT, None, TODAY)


def test_a_consent_does_not_cover_a_step_that_passes_on_more() -> None:
    more = station(statutes=[], fields=["name", "birth_date", "languages"])
    assert refused(more, BY_CONSENT, CONSENT, TODAY)


def test_a_consent_does_not_cover_another_legal_area() -> None:
    assert refused(station(statutes=[], legal_area="residence"), BY_CONSENT, CONSENT, TODAY)


def test_a_consent_that_has_run_out_is_not_enough() -> None:
    assert refused(station(statutes=[]), BY_CONSENT, CONSENT, date(2027, 9, 1))
