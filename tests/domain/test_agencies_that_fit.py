"""A step goes to an agency of its legal area that serves the household's municipality."""

import pytest

from tests.cast import RECEIVER
from workflows.domain.directory import check_fit
from workflows.domain.errors import AgencyUnfit

BORCHEN, SALZKOTTEN = "05774016", "05774036"


def fit(legal_area: str, municipality: str) -> None:
    """Send a step of that area to the school authority of Salzkotten."""
    check_fit(
        RECEIVER,
        "schooling",
        {SALZKOTTEN},
        step="school",
        legal_area=legal_area,
        municipality=municipality,
    )


def test_an_agency_of_the_area_and_the_place_fits() -> None:
    fit("schooling", SALZKOTTEN)


@pytest.mark.parametrize(
    ("legal_area", "municipality"),
    [("residence", SALZKOTTEN), ("schooling", BORCHEN), ("residence", BORCHEN)],
)
def test_an_agency_of_another_area_or_place_does_not(legal_area: str, municipality: str) -> None:
    with pytest.raises(AgencyUnfit) as refusal:
        fit(legal_area, municipality)
    assert refusal.value.params == {"agency": str(RECEIVER), "step": "school"}
