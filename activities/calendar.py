"""The calendar activity: deadlines are looked up once and frozen into the workflow's history."""

from temporalio import activity

from activities.ports import Calendar
from workflows.contracts import FIND_DEADLINES, CalendarContract
from workflows.domain.deadlines import Deadline, DeadlineRequest


class CalendarActivities(CalendarContract):
    """Asks the calendar behind the port."""

    def __init__(self, calendar: Calendar) -> None:
        """Take the calendar to ask."""
        self._calendar = calendar

    @activity.defn(name=FIND_DEADLINES)
    async def find_deadlines(self, requests: list[DeadlineRequest]) -> list[Deadline]:
        """Return the deadlines, in the order of the requests."""
        return await self._calendar.find_deadlines(requests)
