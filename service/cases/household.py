"""Who belongs to a case's household, for the acts that name a member or ask for ages."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import persons


async def birth_dates_of_household(connection: AsyncConnection, case_id: UUID) -> dict[UUID, date]:
    """Return the birth dates by member, in the order of the household.

    The caller has found the case for the principal before.
    """
    rows = await connection.execute(
        select(persons.c.id, persons.c.birth_date)
        .where(persons.c.case_id == case_id)
        .order_by(persons.c.position)
    )
    return {row.id: row.birth_date for row in rows}
