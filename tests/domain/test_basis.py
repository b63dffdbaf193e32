"""No handover without a basis: a consent or a statute, and never both."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.cast import OFFICE_A
from workflows.domain.basis import Application, Basis


@pytest.mark.parametrize("one", [{"consent": OFFICE_A}, {"statute": "§ 67b SGB X"}])
def test_one_of_both_is_a_basis(one: dict[str, Any]) -> None:
    basis = Basis.model_validate(one)
    assert Basis.model_validate_json(basis.model_dump_json()) == basis


@pytest.mark.parametrize("none_or_both", [{}, {"consent": OFFICE_A, "statute": "§ 67b SGB X"}])
def test_none_and_both_are_refused(none_or_both: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="name either a consent or a statute"):
        Basis.model_validate(none_or_both)


@pytest.mark.parametrize("bad", [{"statute": ""}, {"statute": "§" * 201}, {"word": "of honour"}])
def test_what_names_nothing_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Basis.model_validate(bad)


@pytest.mark.parametrize("benefit", ["", "x", "Housing costs", "für Miete", "a" * 61])
def test_a_benefit_is_a_code_and_no_free_text(benefit: str) -> None:
    with pytest.raises(ValidationError):
        Application(benefit=benefit, office=OFFICE_A, filed_at=date(2027, 3, 1))
