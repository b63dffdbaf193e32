"""A whole file goes to another office only by statute, or with everybody's consent to all of it."""

from datetime import date
from uuid import UUID

import pytest

from tests.cast import OFFICE_A, OFFICE_B, OTHER_AGENCY
from workflows.domain import transfer
from workflows.domain.basis import Basis, Consent
from workflows.domain.errors import BasisMissing
from workflows.domain.pathway import LegalBasis
from workflows.domain.personal_data import PersonalData
from workflows.domain.transfer import check_basis_of_file

TODAY = date(2027, 3, 1)
STATUTE = "§ 69 Abs. 1 Nr. 1 SGB X"
AREA = "integration"
MOTHER, FATHER = UUID(int=1), UUID(int=2)
BY_CONSENT = Basis(consent=OTHER_AGENCY)
MOTHERS = Consent(
    id=OTHER_AGENCY,
    member=MOTHER,
    agency=OFFICE_B,
    legal_area=None,
    fields=frozenset(PersonalData),
    given_on=TODAY,
    valid_until=date(2027, 8, 31),
)
FATHERS = MOTHERS.model_copy(update={"id": OFFICE_A, "member": FATHER})


def refused(
    basis: Basis,
    *consents: Consent,
    needed: frozenset[UUID] = frozenset({MOTHER, FATHER}),
    office: UUID = OFFICE_B,
    legal_area: str = AREA,
    on: date = TODAY,
) -> bool:
    """Tell whether the file stays where it is."""
    try:
        check_basis_of_file(basis, consents, needed, office, legal_area, on)
    except BasisMissing:
        return True
    return False


@pytest.mark.parametrize("basis", [BY_CONSENT, Basis(statute="§ 67b SGB X")])
def test_a_refusal_names_no_step_since_it_is_about_all_of_them(basis: Basis) -> None:
    with pytest.raises(BasisMissing) as refusal:
        check_basis_of_file(basis, [], {MOTHER}, OFFICE_B, AREA, TODAY)
    assert refusal.value.params == {"step": ""}


def test_the_statute_for_whole_files_is_enough() -> None:
    assert not refused(Basis(statute=STATUTE))


@pytest.mark.parametrize("statute", ["§ 67b SGB X", "because we can"])
def test_a_statute_for_something_else_is_not(statute: str) -> None:
    assert refused(Basis(statute=statute), MOTHERS, FATHERS)


@pytest.mark.parametrize(
    ("day", "is_refused"), [(date(2027, 12, 31), False), (date(2028, 1, 1), True)]
)
def test_the_statute_permits_while_it_is_in_force(
    monkeypatch: pytest.MonkeyPatch, day: date, is_refused: bool
) -> None:
    repealed = LegalBasis(paragraph=STATUTE, valid_to=date(2027, 12, 31))
    monkeypatch.setattr(transfer, "STATUTES_FOR_A_FILE", (repealed,))
    assert refused(Basis(statute=STATUTE), on=day) is is_refused


def test_everybodys_consent_to_everything_is_enough() -> None:
    assert not refused(BY_CONSENT, MOTHERS, FATHERS)
    assert not refused(BY_CONSENT, MOTHERS, needed=frozenset({MOTHER}))


def test_one_persons_consent_does_not_hand_on_the_others_file() -> None:
    assert refused(BY_CONSENT, MOTHERS)


def test_the_consent_that_is_named_has_to_be_among_them() -> None:
    assert refused(Basis(consent=UUID(int=9)), MOTHERS, FATHERS)
    assert refused(BY_CONSENT, FATHERS, needed=frozenset({FATHER}))


def test_a_consent_to_a_part_does_not_hand_on_the_whole() -> None:
    for missing in PersonalData:
        part = MOTHERS.model_copy(update={"fields": MOTHERS.fields - {missing}})
        assert refused(BY_CONSENT, part, needed=frozenset({MOTHER}))


def test_a_consent_is_to_the_office_that_takes_it_over_or_to_its_area() -> None:
    needed = frozenset({MOTHER})
    to_the_area = MOTHERS.model_copy(update={"agency": None, "legal_area": AREA})
    assert refused(BY_CONSENT, MOTHERS, needed=needed, office=OTHER_AGENCY)
    assert not refused(BY_CONSENT, to_the_area, needed=needed)
    assert refused(BY_CONSENT, to_the_area, needed=needed, legal_area="schooling")


def test_a_consent_that_has_run_out_hands_on_nothing() -> None:
    assert refused(BY_CONSENT, MOTHERS, FATHERS, on=date(2027, 9, 1))
