"""Deadlines from 2020 to 2035, day by day, against a library that knows nothing of ours."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from workalendar.europe import NorthRhineWestphalia

from tests.counts import FULL
from tests.domain.calendar import deadline_after, moment_of
from workflows.domain.deadlines import Recall
from workflows.domain.terms import Term
from workflows.domain.working_days import is_working_day

FIRST, LAST = date(2020, 1, 1), date(2035, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
SAMPLE = DAYS if FULL else DAYS[::13]
TERMS = (1, 2, 3, 5, 10, 20)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("UTC", "Asia/Tokyo", "America/Anchorage", "Pacific/Kiritimati")
CLOCKS_CHANGE = (date(2027, 3, 28), date(2027, 10, 31))
LEAP_DAYS = tuple(day for day in DAYS if (day.month, day.day) == (2, 29))
ODD_DAYS = (
    *(day + timedelta(days=by) for day in CLOCKS_CHANGE for by in range(-9, 3)),
    *(day + timedelta(days=by) for day in LEAP_DAYS for by in (-1, 0, 1)),
    *(date(year, 12, day) for year in range(2020, 2035) for day in range(23, 32)),
)
others = NorthRhineWestphalia()


@pytest.fixture(params=ZONES)
def host(request: pytest.FixtureRequest) -> Iterator[str]:
    """A machine that stands elsewhere."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@cache
def _theirs(day: date, working_days: int) -> date:
    found = others.add_working_days(day, working_days)
    assert isinstance(found, date)
    return found


def _at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return the instant at which clocks in Berlin show that time."""
    local = datetime.combine(day, clock_time(hour, minute, second), tzinfo=BERLIN)
    return local.astimezone(UTC)


def test_the_same_days_are_working_days(
    record_property: Callable[[str, object], None],
) -> None:
    deviations = [day for day in DAYS if is_working_day(day) != others.is_working_day(day)]
    record_property("working_days", f"{len(DAYS)} days, {len(deviations)} deviations")
    assert deviations == []


def test_deadlines_and_their_reminders_are_the_same(
    host: str, record_property: Callable[[str, object], None]
) -> None:
    deviations, tried = [], 0
    for day in {*SAMPLE, *ODD_DAYS}:
        for working_days in TERMS:
            # Just after midnight, and just before: the day is the one in Berlin.
            for start in (_at(day, 0, 0, 1), _at(day, 23, 59, 58)):
                deadline = deadline_after(
                    start, Term(working_days=working_days), Term(working_days=1)
                )
                last = _theirs(day, working_days)
                reminder = _at(_theirs(last, -1), 6)
                expected = (_at(last, 23, 59, 59), reminder if reminder > start else None)
                found = (deadline.due_at, moment_of(deadline, Recall.REMINDER))
                tried += 1
                if found != expected:
                    deviations.append((start, working_days, found, expected))
    record_property("deadlines", f"{host}: {tried} deadlines, {len(deviations)} deviations")
    assert deviations == []
