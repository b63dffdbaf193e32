"""Which days are working days in North Rhine-Westphalia."""

from datetime import date

import pytest

from workflows.domain.working_days import add_working_days, is_working_day, working_days_between

HOLIDAYS = {
    "Neujahr": date(2027, 1, 1),
    "Karfreitag": date(2027, 3, 26),
    "Ostermontag": date(2027, 3, 29),
    "Tag der Arbeit": date(2028, 5, 1),
    "Christi Himmelfahrt": date(2027, 5, 6),
    "Pfingstmontag": date(2027, 5, 17),
    "Fronleichnam": date(2027, 5, 27),
    "Tag der Deutschen Einheit": date(2028, 10, 3),
    "Allerheiligen": date(2027, 11, 1),
    "Erster Weihnachtstag": date(2028, 12, 25),
    "Zweiter Weihnachtstag": date(2028, 12, 26),
}
NO_HOLIDAYS = {
    "Heilige Drei Könige": date(2027, 1, 6),
    "Rosenmontag": date(2027, 2, 8),
    "Weltfrauentag": date(2027, 3, 8),
    "Gründonnerstag": date(2027, 3, 25),
    "Mariä Himmelfahrt": date(2028, 8, 15),
    "Weltkindertag": date(2027, 9, 20),
    "Reformationstag": date(2028, 10, 31),
    "Buß- und Bettag": date(2027, 11, 17),
    "Heiligabend": date(2027, 12, 24),
    "Silvester": date(2027, 12, 31),
}


@pytest.mark.parametrize("day", HOLIDAYS.values(), ids=HOLIDAYS.keys())
def test_offices_are_closed_on_public_holidays(day: date) -> None:
    assert day.weekday() < 5
    assert not is_working_day(day)


@pytest.mark.parametrize("day", NO_HOLIDAYS.values(), ids=NO_HOLIDAYS.keys())
def test_offices_are_open_on_holidays_of_other_states_and_of_custom(day: date) -> None:
    assert day.weekday() < 5
    assert is_working_day(day)


def test_saturday_and_sunday_are_no_working_days() -> None:
    week = [date(2027, 4, day) for day in range(5, 12)]
    assert [is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_a_term_that_begins_on_friday_counts_from_monday() -> None:
    assert add_working_days(date(2027, 4, 9), 1) == date(2027, 4, 12)


def test_a_term_that_begins_on_saturday_counts_from_monday_too() -> None:
    assert add_working_days(date(2027, 4, 10), 1) == date(2027, 4, 12)


def test_easter_is_stepped_over_in_both_directions() -> None:
    assert add_working_days(date(2027, 3, 25), 1) == date(2027, 3, 30)
    assert add_working_days(date(2027, 3, 30), -1) == date(2027, 3, 25)


def test_the_turn_of_the_year_is_stepped_over() -> None:
    assert add_working_days(date(2026, 12, 30), 2) == date(2027, 1, 4)
    assert working_days_between(date(2026, 12, 30), date(2027, 1, 4)) == 2


def test_zero_working_days_are_the_day_itself_even_a_sunday() -> None:
    assert add_working_days(date(2027, 4, 11), 0) == date(2027, 4, 11)
