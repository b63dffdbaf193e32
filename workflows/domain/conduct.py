"""How long each party takes for a step, when a pathway is rehearsed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from workflows.domain.working_days import add_working_days, at_local_time, local_day

Delay = int | timedelta
"""Working days; or a duration, where an agency answers within hours."""

OFFICE_HOUR = time(10, 0)
"""When people do what they do on a later day (Europe/Berlin)."""

SAME_DAY = timedelta(hours=1)
"""What is done on the same day takes so long."""


@dataclass(frozen=True)
class Conduct:
    """How one step goes for one household.

    ``send`` is the office's delay once the step is due, the others follow each other: the agency's
    answer, the appointment that it makes, arrival, effect, and the sender's word that it happened
    (None: nobody says so). So many agencies have ``refused`` before.
    """

    send: Delay
    respond: Delay
    appoint: Delay
    arrive: Delay
    effect: Delay
    confirm: Delay | None
    refused: int = 0


def later(start: datetime, delay: Delay) -> datetime:
    """Return the instant (UTC) at which somebody has done what they began at ``start`` (UTC)."""
    if isinstance(delay, timedelta):
        return start + delay
    if delay == 0:
        return start + SAME_DAY
    return at_local_time(add_working_days(local_day(start), delay), OFFICE_HOUR)
