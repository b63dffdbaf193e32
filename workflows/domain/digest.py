"""The morning's mail: whatever is not urgent comes together, once a working day."""

from datetime import datetime, time, timedelta

from workflows.domain.working_days import (
    add_working_days,
    at_local_time,
    is_working_day,
    local_day,
)

DIGEST = "digest"
"""The kind of such a mail."""

DIGEST_AT = time(7, 0)
"""In Berlin: after the early moments of the clocks, before people come in."""

_A_MOMENT = timedelta(microseconds=1)


def digest_at_or_after(instant: datetime) -> datetime:
    """Return when the next morning's mail goes out (UTC); that instant itself may be it."""
    today = local_day(instant)
    if is_working_day(today) and instant <= at_local_time(today, DIGEST_AT):
        return at_local_time(today, DIGEST_AT)
    return at_local_time(add_working_days(today, 1), DIGEST_AT)


def digest_after(instant: datetime) -> datetime:
    """Return when the next morning's mail after that instant goes out (UTC)."""
    return digest_at_or_after(instant + _A_MOMENT)
