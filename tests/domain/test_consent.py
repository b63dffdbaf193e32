"""A consent covers named fields, one recipient or one legal area, from a day to a day."""

from datetime import date

import pytest

from tests.cast import ANNA, OTHER_AGENCY, RECEIVER
from workflows.domain.basis import Consent

FIRST, LAST = date(2027, 3, 1), date(2027, 8, 31)
TO_THE_AGENCY = Consent(
    id=OTHER_AGENCY,
    member=ANNA.user_id,
    agency=RECEIVER,
    legal_area=None,
    fields=frozenset({"name", "birth_date"}),
    given_on=FIRST,
    valid_until=LAST,
)
TO_THE_AREA = TO_THE_AGENCY.model_copy(update={"agency": None, "legal_area": "schooling"})
BLANKET = TO_THE_AGENCY.model_copy(update={"agency": None})
NAME = frozenset({"name"})


def test_a_consent_for_an_agency_covers_that_agency_in_any_area() -> None:
    assert TO_THE_AGENCY.covers(RECEIVER, "schooling", NAME, FIRST)
    assert TO_THE_AGENCY.covers(RECEIVER, "residence", NAME, FIRST)
    assert not TO_THE_AGENCY.covers(OTHER_AGENCY, "schooling", NAME, FIRST)


def test_a_consent_for_an_area_covers_its_agencies_and_no_others() -> None:
    assert TO_THE_AREA.covers(RECEIVER, "schooling", NAME, FIRST)
    assert TO_THE_AREA.covers(OTHER_AGENCY, "schooling", NAME, FIRST)
    assert not TO_THE_AREA.covers(RECEIVER, "residence", NAME, FIRST)


def test_a_blanket_consent_covers_nobody() -> None:
    assert not BLANKET.covers(RECEIVER, "schooling", NAME, FIRST)


@pytest.mark.parametrize(
    ("fields", "covered"),
    [
        ({"name"}, True),
        ({"name", "birth_date"}, True),
        (set(), True),
        ({"languages"}, False),
        ({"name", "languages"}, False),
    ],
)
def test_only_the_named_fields_are_covered(fields: set[str], covered: bool) -> None:
    assert TO_THE_AGENCY.covers(RECEIVER, "schooling", fields, FIRST) is covered


@pytest.mark.parametrize(
    ("day", "covered"),
    [
        (date(2027, 2, 28), False),
        (FIRST, True),
        (LAST, True),
        (date(2027, 9, 1), False),
    ],
)
def test_a_consent_holds_from_its_first_day_to_its_last(day: date, covered: bool) -> None:
    assert TO_THE_AGENCY.covers(RECEIVER, "schooling", NAME, day) is covered


@pytest.mark.parametrize(
    ("day", "covered"), [(date(2027, 4, 30), True), (date(2027, 5, 1), False), (LAST, False)]
)
def test_a_withdrawn_consent_covers_nothing_from_that_day_on(day: date, covered: bool) -> None:
    withdrawn = TO_THE_AGENCY.model_copy(update={"withdrawn_on": date(2027, 5, 1)})
    assert withdrawn.covers(RECEIVER, "schooling", NAME, day) is covered
