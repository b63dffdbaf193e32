"""Time in a story: working days since the case was opened, and how far the office day is."""

from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from workflows.domain.working_days import add_working_days, at_local_time

OPENS, CLOSES, CLOSES_ON_FRIDAY = 8 * 60, 16 * 60, 12 * 60 + 30  # minutes of the day
FRIDAY = 4
MINUTES = 5
"""Times are told in fives."""


@dataclass(frozen=True, order=True)
class Moment:
    """A working day, counted from the first of the story, and a share of its office hours."""

    day: int
    share: float

    def later(self, days: int, dice: Random) -> "Moment":
        """Return a moment that many working days later; the same day: later on that day."""
        if days:
            return Moment(self.day + days, dice.random())
        return Moment(self.day, dice.uniform(self.share, 1))

    def on(self, today: date, now_day: int) -> date:
        """Return its day in a story that has come to ``now_day`` today (in Berlin)."""
        return add_working_days(today, self.day - now_day)

    def at(self, today: date, now_day: int) -> datetime:
        """Return its instant, in UTC."""
        day = self.on(today, now_day)
        closes = CLOSES_ON_FRIDAY if day.weekday() == FRIDAY else CLOSES
        minutes = OPENS + int(self.share * (closes - OPENS)) // MINUTES * MINUTES
        return at_local_time(day, time(minutes // 60, minutes % 60))
