"""Copies of one referral, its case and everything that the lists read beside them."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.cases.tables import cases, paths, persons, steps
from service.ledger.rows import Row
from service.referrals.tables import access, referrals

AT_ONCE = 1000
DAYS_BEFORE_AND_AFTER = 30

COPIED = (cases, persons, paths, referrals, steps, access)
"""In the order in which their rows name each other."""


async def copy_referral(
    connection: AsyncConnection, case_id: UUID, referral_id: UUID, many: int
) -> None:
    """Copy the case with its referral so many times; deadlines spread over the weeks around now."""
    originals = {table: await _rows(connection, table, case_id, referral_id) for table in COPIED}
    known = {row["id"] for rows in originals.values() for row in rows if "id" in row}
    for start in range(0, many, AT_ONCE):
        copies: dict[object, list[Row]] = {table: [] for table in COPIED}
        for number in range(start, min(start + AT_ONCE, many)):
            new_ids = {old: uuid7() for old in known}
            days = number % (2 * DAYS_BEFORE_AND_AFTER) - DAYS_BEFORE_AND_AFTER
            for table, rows in originals.items():
                copies[table] += [_copy(row, new_ids, timedelta(days=days)) for row in rows]
        for table in COPIED:
            await connection.execute(insert(table), copies[table])


async def _rows(
    connection: AsyncConnection, table: object, case_id: UUID, referral_id: UUID
) -> list[Row]:
    match table:
        case _ if table is cases:
            mine = cases.c.id == case_id
        case _ if table is access:
            mine = (access.c.case_id == case_id) | (access.c.referral_id == referral_id)
        case _:
            mine = table.c.case_id == case_id  # type: ignore[attr-defined]
    found = await connection.execute(select(table).where(mine))  # type: ignore[call-overload]
    return [dict(row) for row in found.mappings()]


def _copy(row: Row, new_ids: dict[UUID, UUID], shift: timedelta) -> Row:
    copy: Row = {
        name: new_ids.get(value, value) if isinstance(value, UUID) else value
        for name, value in row.items()
    }
    if copy.get("clock_due_at"):
        copy["clock_due_at"] += shift
        copy["clock_since"] += min(shift, timedelta(0))
    return copy
