"""Adding and counting working days fit together on every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.counts import PROPERTY
from workflows.domain.working_days import add_working_days, is_working_day, working_days_between

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))
WORKING_DAYS = DAYS.filter(is_working_day)
COUNTS = st.integers(min_value=1, max_value=260)


@given(start=DAYS, count=COUNTS)
@PROPERTY
def test_counting_undoes_adding(start: date, count: int) -> None:
    assert working_days_between(start, add_working_days(start, count)) == count


@given(start=WORKING_DAYS, count=COUNTS)
@PROPERTY
def test_counting_undoes_subtracting_from_a_working_day(start: date, count: int) -> None:
    assert working_days_between(start, add_working_days(start, -count)) == -count


@given(start=WORKING_DAYS, count=COUNTS)
@PROPERTY
def test_forth_and_back_is_the_same_working_day(start: date, count: int) -> None:
    assert add_working_days(add_working_days(start, count), -count) == start


@given(start=DAYS, count=COUNTS)
@PROPERTY
def test_a_term_ends_on_the_first_day_that_completes_it(start: date, count: int) -> None:
    end = add_working_days(start, count)
    assert is_working_day(end)
    assert working_days_between(start, end - timedelta(days=1)) == count - 1


@given(start=DAYS, first=COUNTS, second=COUNTS)
@PROPERTY
def test_two_terms_in_a_row_are_one_long_term(start: date, first: int, second: int) -> None:
    in_two = add_working_days(add_working_days(start, first), second)
    assert in_two == add_working_days(start, first + second)


@given(start=DAYS, end=DAYS)
@PROPERTY
def test_counting_back_is_the_negative_of_counting_forth(start: date, end: date) -> None:
    assert working_days_between(start, end) == -working_days_between(end, start)
