"""The calendar of agencies: working days of North Rhine-Westphalia without their closing days."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select
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
        async with self._database.reading() as connection:
            calendar = await read_calendar(connection, wanted)
        return await calendar.find_deadlines(requests)


async def read_calendar(
    connection: AsyncConnection, wanted: Collection[UUID] | None = None
) -> AgencyCalendar:
    """Return the calendar of these agencies; of all if none are named."""
    closed: defaultdict[UUID, set[date]] = defaultdict(set)
    rows = (
        await connection.execute(_CLOSING_DAYS)
        if wanted is None
        else await connection.execute(_CLOSING_DAYS_OF, {"wanted": list(wanted)})
    )
    for row in rows:
        closed[row.agency_id].add(row.day)
    return AgencyCalendar(closed)


# Put together once: that costs more than sending them.
_CLOSING_DAYS = select(closing_days.c.agency_id, closing_days.c.day)
_CLOSING_DAYS_OF = _CLOSING_DAYS.where(
    closing_days.c.agency_id.in_(bindparam("wanted", expanding=True))
)
