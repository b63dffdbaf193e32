"""The calendar of agencies: the working days of North Rhine-Westphalia."""

from collections.abc import Sequence

from workflows.domain.deadlines import Deadline, DeadlineRequest, deadline_for


class StateCalendar:
    """Implements the port ``activities.ports.Calendar``: the same working days for every agency."""

    async def find_deadlines(self, requests: Sequence[DeadlineRequest]) -> list[Deadline]:
        """Return the deadlines, in the order of the requests."""
        return [deadline_for(request) for request in requests]
