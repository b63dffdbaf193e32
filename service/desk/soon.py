"""What counts as soon."""

from datetime import datetime

from workflows.domain.deadlines import END_OF_DAY
from workflows.domain.working_days import add_working_days, at_local_time, local_day


def end_of_next_working_day(now: datetime) -> datetime:
    """Return the last second of the next working day in Berlin, in UTC."""
    return at_local_time(add_working_days(local_day(now), 1), END_OF_DAY)
