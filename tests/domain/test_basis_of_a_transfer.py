"""A step's data goes to an agency only where a statute of the step or a consent permits it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.cast import OTHER_AGENCY, RECEIVER
from workflows.domain.basis import Basis, Consent
from workflows.domain.errors import BasisMissing, NoteNotCovered
from workflows.domain.pathway import LegalBasis, StepDefinition
from workflows.domain.transfer import (
    check_basis,
    fields_to_pass_on,
    has_a_basis,
    whose_consent,
)

TODAY = date(2027, 3, 1)
RULE = "§ 67d SGB X"
CONSENT_ID = OTHER_AGENCY
BY_STATUTE = Basis(statute=RULE)
BY_CONSENT = Basis(consent=CONSENT_ID)
ARASH, MOTHER, FATHER = (UUID(int=number) for number in (1, 2, 3))
CONSENT = Consent(
    id=CONSENT_ID,
    member=ARASH,
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
    """Tell whether the transfer of what the step needs is refused."""
    fields = fields_to_pass_on(step, with_note=False)
    try:
        check_basis(step, fields, basis, [consent] if consent else [], {ARASH}, RECEIVER, on)
    except BasisMissing:
        return True
    return False


def test_a_note_is_passed_on_if_one_was_written() -> None:
    step = station(fields=["name", "note"])
    assert fields_to_pass_on(step, with_note=False) == ("name", "note")
    assert fields_to_pass_on(station(), with_note=True) == ("name", "birth_date", "note")


def test_a_statute_covers_the_note_too() -> None:
    step = station()
    check_basis(
        step, fields_to_pass_on(step, with_note=True), BY_STATUTE, [], {ARASH}, RECEIVER, TODAY
    )


def test_a_consent_covers_a_note_only_if_it_says_so() -> None:
    step = station(statutes=[])
    fields = fields_to_pass_on(step, with_note=True)
    with pytest.raises(NoteNotCovered) as refusal:
        check_basis(step, fields, BY_CONSENT, [CONSENT], {ARASH}, RECEIVER, TODAY)
    assert refusal.value.params == {"step": "school"}
    with_note = CONSENT.model_copy(update={"fields": CONSENT.fields | {"note"}})
    check_basis(step, fields, BY_CONSENT, [with_note], {ARASH}, RECEIVER, TODAY)


BIRTHS = {
    MOTHER: date(1987, 11, 2),
    FATHER: date(1984, 3, 17),
    ARASH: date(2009, 3, 2),
}


def test_a_path_of_one_person_needs_that_persons_consent() -> None:
    assert whose_consent(ARASH, BIRTHS, TODAY) == {ARASH}


def test_a_path_of_the_household_needs_every_adults_consent() -> None:
    assert whose_consent(None, BIRTHS, TODAY) == {MOTHER, FATHER}
    assert whose_consent(None, BIRTHS, date(2027, 3, 2)) == {MOTHER, FATHER, ARASH}
    assert whose_consent(None, {ARASH: BIRTHS[ARASH]}, TODAY) == {ARASH}


def test_one_adults_consent_does_not_pass_on_the_others_data() -> None:
    step = station(statutes=[])
    fields = fields_to_pass_on(step, with_note=False)
    of_both = [
        CONSENT.model_copy(update={"member": MOTHER}),
        CONSENT.model_copy(update={"member": FATHER, "id": RECEIVER}),
    ]
    needed = {MOTHER, FATHER}
    check_basis(step, fields, BY_CONSENT, of_both, needed, RECEIVER, TODAY)
    with pytest.raises(BasisMissing):
        check_basis(step, fields, BY_CONSENT, of_both[:1], needed, RECEIVER, TODAY)
    with pytest.raises(BasisMissing):
        check_basis(step, fields, BY_CONSENT, of_both[1:], needed, RECEIVER, TODAY)


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


@pytest.mark.parametrize("basis", [BY_STATUTE, BY_CONSENT])
def test_a_refusal_names_the_step_and_nothing_else(basis: Basis) -> None:
    with pytest.raises(BasisMissing) as refusal:
        check_basis(station(statutes=[]), (), basis, [], {ARASH}, RECEIVER, TODAY)
    assert refusal.value.params == {"step": "school"}


def test_a_consent_that_covers_agency_and_fields_is_enough() -> None:
    assert not refused(station(statutes=[]), BY_CONSENT, CONSENT, TODAY)


def test_a_consent_for_one_agency_is_enough_for_that_agency_alone() -> None:
    step = station(statutes=[])
    to_the_receiver = CONSENT.model_copy(update={"agency": RECEIVER, "legal_area": None})
    to_the_other = to_the_receiver.model_copy(update={"agency": OTHER_AGENCY})
    assert not refused(step, BY_CONSENT, to_the_receiver, TODAY)
    assert refused(step, BY_CONSENT, to_the_other, TODAY)


def test_a_consent_that_the_case_does_not_have_is_not() -> None:
    assert refused(station(statutes=[]), BY_CONSENT, None, TODAY)


def test_a_consent_does_not_cover_a_step_that_passes_on_more() -> None:
    more = station(statutes=[], fields=["name", "birth_date", "languages"])
    assert refused(more, BY_CONSENT, CONSENT, TODAY)


def test_a_consent_does_not_cover_another_legal_area() -> None:
    assert refused(station(statutes=[], legal_area="residence"), BY_CONSENT, CONSENT, TODAY)


def test_a_consent_that_has_run_out_is_not_enough() -> None:
    assert refused(station(statutes=[]), BY_CONSENT, CONSENT, date(2027, 9, 1))


def test_a_step_that_a_statute_permits_can_be_sent_without_any_consent() -> None:
    assert has_a_basis(station(), [], [], {ARASH}, TODAY)
    assert not has_a_basis(station(), [], [], {ARASH}, date(2028, 1, 1))


def test_a_step_can_be_sent_once_any_agency_may_have_what_it_needs_of_everybody() -> None:
    step = station(statutes=[])
    to_one = CONSENT.model_copy(update={"agency": RECEIVER, "legal_area": None})
    agencies = [OTHER_AGENCY, RECEIVER]
    assert has_a_basis(step, agencies, [to_one], {ARASH}, TODAY)
    assert has_a_basis(step, agencies, [CONSENT], {ARASH}, TODAY)
    assert not has_a_basis(step, [OTHER_AGENCY], [to_one], {ARASH}, TODAY)
    assert not has_a_basis(step, agencies, [to_one], {ARASH, MOTHER}, TODAY)
    assert not has_a_basis(step, agencies, [], {ARASH}, TODAY)
    assert not has_a_basis(step, [], [CONSENT], {ARASH}, TODAY)


def test_a_consent_to_less_for_elsewhere_or_of_yesterday_is_no_basis() -> None:
    step = station(statutes=[])
    less = CONSENT.model_copy(update={"fields": frozenset({"name"})})
    assert not has_a_basis(step, [RECEIVER], [less], {ARASH}, TODAY)
    elsewhere = station(statutes=[], legal_area="residence")
    assert not has_a_basis(elsewhere, [RECEIVER], [CONSENT], {ARASH}, TODAY)
    assert not has_a_basis(step, [RECEIVER], [CONSENT], {ARASH}, date(2027, 9, 1))
