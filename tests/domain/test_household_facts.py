"""What a pathway may ask about a household follows from birth dates and the day."""

from datetime import date

import pytest

from workflows.domain.household import HouseholdFact, facts_of, is_adult, is_of_school_age

ADULT, PUPIL, CHILD = (
    HouseholdFact.HAS_ADULT,
    HouseholdFact.HAS_CHILD_OF_SCHOOL_AGE,
    HouseholdFact.HAS_CHILD_UNDER_SCHOOL_AGE,
)


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        (date(2020, 9, 30), date(2026, 8, 1), True),
        (date(2020, 9, 30), date(2026, 7, 31), False),
        (date(2020, 10, 1), date(2026, 8, 1), False),
        (date(2020, 10, 1), date(2027, 7, 31), False),
        (date(2020, 10, 1), date(2027, 8, 1), True),
        (date(2020, 2, 29), date(2026, 8, 1), True),
        (date(2008, 11, 28), date(2026, 11, 27), True),
        (date(2008, 11, 28), date(2026, 11, 28), False),
    ],
)
def test_school_begins_in_august_for_who_is_six_by_the_end_of_september(
    born: date, on: date, expected: bool
) -> None:
    assert is_of_school_age(born, on) is expected


def test_who_was_born_on_a_leap_day_is_of_age_in_march() -> None:
    assert not is_adult(date(2008, 2, 29), date(2026, 2, 28))
    assert is_adult(date(2008, 2, 29), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("born", "facts"),
    [
        ([], set()),
        ([date(1990, 1, 1)], {ADULT}),
        ([date(2015, 1, 1)], {PUPIL}),
        ([date(1990, 1, 1), date(2015, 1, 1), date(2016, 1, 1)], {ADULT, PUPIL}),
        ([date(1990, 1, 1), date(2015, 1, 1), date(2025, 1, 1)], {ADULT, PUPIL, CHILD}),
        ([date(2026, 11, 28)], {CHILD}),
    ],
)
def test_a_household_has_what_its_members_are(born: list[date], facts: set[HouseholdFact]) -> None:
    assert facts_of(born, date(2026, 11, 28)) == facts
