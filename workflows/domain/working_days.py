"""Working days in North Rhine-Westphalia, and in an agency that is closed on more days than that.

Public holidays come from the ``holidays`` library (Feiertagsgesetz NW); Saturday counts as a
day off, as in § 193 BGB and § 26(3) SGB X. Everything is in the time of Europe/Berlin.
"""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

BERLIN = ZoneInfo("Europe/Berlin")
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5

ALWAYS_OPEN: frozenset[date] = frozenset()
"""No closing days beside weekends and public holidays."""


@cache
def _public_holidays() -> Container[date]:
    return holidays.country_holidays("DE", subdiv="NW")


def is_working_day(day: date, closed: Container[date] = ALWAYS_OPEN) -> bool:
    """Tell whether the agency that has these closing days is open on that day."""
    return day.weekday() < _SATURDAY and day not in _public_holidays() and day not in closed


def add_working_days(day: date, count: int, closed: Container[date] = ALWAYS_OPEN) -> date:
    """Return the day that lies ``count`` working days after ``day`` (before it, if negative).

    The day itself is not counted (§ 187(1) BGB).
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, closed):
            day += step
    return day


def working_days_between(start: date, end: date, closed: Container[date] = ALWAYS_OPEN) -> int:
    """Count the working days after ``start`` up to and with ``end``; negative if it lies before."""
    if end < start:
        return -working_days_between(end, start, closed)
    days = (start + _ONE_DAY * n for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, closed) for day in days)


def local_day(instant: datetime) -> date:
    """Return the calendar day in Berlin on which the instant falls."""
    return instant.astimezone(BERLIN).date()


def at_local_time(day: date, clock_time: time) -> datetime:
    """Return the instant, in UTC, at which clocks in Berlin show that time on that day."""
    return datetime.combine(day, clock_time, tzinfo=BERLIN).astimezone(UTC)
