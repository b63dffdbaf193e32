"""People who were written down for a household that then did not take them in."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from service.database import Database

FORGOTTEN_AFTER = timedelta(days=7)
"""So long a request that was not confirmed may still be repeated and have its effect."""


async def forget_people_not_taken_in(database: Database, now: datetime) -> int:
    """Delete those whom no case has taken in for a week at ``now`` (UTC); return how many.

    The case refused them, or the request was never repeated: no page shows them. The application
    may delete nobody else, so a function of the tables' owner does it.
    """
    written_before = _first_id_of(now - FORGOTTEN_AFTER)
    async with database.transaction() as connection:
        forget = select(func.forget_people_not_taken_in(written_before))
        forgotten: int = (await connection.execute(forget)).scalar_one()
    return forgotten


def _first_id_of(instant: datetime) -> UUID:
    """Return what every UUIDv7 made at this instant or later is greater than (RFC 9562, 5.7)."""
    milliseconds = int(instant.timestamp() * 1000)
    return UUID(int=milliseconds << 80)
