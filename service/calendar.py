"""The calendar of agencies: working days of North Rhine-Westphalia without their closing days."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.tables import closing_days
from service.database import Database
from workflows.domain.deadlines import Deadline, DeadlineRequest, deadline_for
from workflows.domain.working_days import ALWAYS_OPEN


class AgencyCalendar:
    """Implements the port ``activities.ports.Calendar`` on closing days that are known."""

    def __init__(self, closed: Mapping[UUID, Collection[date]]) -> None:
        """Take the closing days by agency."""
        self._closed = closed

    async def find_deadlines(self, requests: Sequence[DeadlineRequest]) -> list[Deadline]:
        """Return the deadlines, in the order of the requests."""
        return [
            deadline_for(request, self._closed.get(request.agency, ALWAYS_OPEN))
            for request in requests
        ]


class PostgresCalendar:
    """Implements the port ``activities.ports.Calendar`` on what agencies have entered."""

    def __init__(self, database: Database) -> None:
        """Take the database that holds the closing days."""
        self._database = database

    async def find_deadlines(self, requests: Sequence[DeadlineRequest]) -> list[Deadline]:
        """Return the deadlines, in the order of the requests."""
        wanted = {request.agency for request in requests}
        async with self._database.transaction() as connection:
            calendar = await read_calendar(connection, wanted)
        return await calendar.find_deadlines(requests)


async def read_calendar(
    connection: AsyncConnection, wanted: Collection[UUID] | None = None
) -> AgencyCalendar:
    """Return the calendar of these agencies; of all if none are named."""
    query = select(closing_days.c.agency_id, closing_days.c.day)
    if wanted is not None:
        query = query.where(closing_days.c.agency_id.in_(wanted))
    closed: defaultdict[UUID, set[date]] = defaultdict(set)
    for row in await connection.execute(query):
        closed[row.agency_id].add(row.day)
    return AgencyCalendar(closed)
