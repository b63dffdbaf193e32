"""From when on the office is shown that something runs out."""

from datetime import datetime

from workflows.domain.deadlines import END_OF_DAY
from workflows.domain.running_out import PLAN
from workflows.domain.working_days import add_working_days, at_local_time, local_day


def in_sight(now: datetime) -> datetime:
    """Return until when deadlines are shown: as early as the reminder comes. UTC."""
    days = PLAN.remind_before.working_days or 0
    return at_local_time(add_working_days(local_day(now), days), END_OF_DAY)
