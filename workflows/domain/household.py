"""What a pathway may ask about a household: facts that follow from birth dates, never the dates.

Nothing else about the household enters a workflow. The role that somebody typed for a member does
not count: the law asks for ages.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

ADULT_AT = 18
SCHOOL_AT = 6
FIRST_OF_AUGUST = (8, 1)
THIRTIETH_OF_SEPTEMBER = (9, 30)


class HouseholdFact(StrEnum):
    """What may hold for a household on the day on which a path starts. Each can hold alone."""

    HAS_ADULT = "has-adult"
    HAS_CHILD_OF_SCHOOL_AGE = "has-child-of-school-age"
    HAS_CHILD_UNDER_SCHOOL_AGE = "has-child-under-school-age"


class HouseholdRole(StrEnum):
    """Whom of the household a step is about."""

    ADULT = "adult"
    CHILD = "child"


def facts_of(birth_dates: Iterable[date], on: date) -> frozenset[HouseholdFact]:
    """Return what holds for the people with these birth dates on that day (in Berlin)."""
    return frozenset(_fact_about(born, on) for born in birth_dates)


def is_adult(born: date, on: date) -> bool:
    """Tell whether somebody is of age on that day (§ 2 BGB)."""
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    return on.year - born.year - (not had_birthday) >= ADULT_AT


def is_of_school_age(born: date, on: date) -> bool:
    """Tell whether a minor has to go to school on that day (§ 35(1) SchulG NRW).

    From 1 August of the year in which the sixth year of life is completed by the beginning of
    30 September. Whether somebody finished school before coming of age is not known here.
    """
    completes_in_time = (born.month, born.day) <= THIRTIETH_OF_SEPTEMBER
    year = born.year + SCHOOL_AT + (not completes_in_time)
    return on >= date(year, *FIRST_OF_AUGUST) and not is_adult(born, on)


def _fact_about(born: date, on: date) -> HouseholdFact:
    if is_adult(born, on):
        return HouseholdFact.HAS_ADULT
    if is_of_school_age(born, on):
        return HouseholdFact.HAS_CHILD_OF_SCHOOL_AGE
    return HouseholdFact.HAS_CHILD_UNDER_SCHOOL_AGE
