"""The same person in several open cases: noticed, so that colleagues speak to each other.

What is told goes no further than the reader's rights: from a case that the principal does not see
comes the name of its office, and nothing else.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.agencies.names import AgencyName
from service.agencies.tables import agencies
from service.cases.household import is_present
from service.cases.tables import cases, persons
from service.cases.views import Elsewhere
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus


async def elsewhere_by_member(
    connection: AsyncConnection, principal: Principal, now: datetime, case_id: UUID
) -> dict[UUID, list[Elsewhere]]:
    """Return the other open cases of everybody in the household of an open case. One query."""
    mine, here = persons.alias("mine"), cases.alias("here")
    rows = await connection.execute(
        _open_cases(principal, now)
        .add_columns(mine.c.id.label("of"))
        .join(mine, mine.c.identity_key == persons.c.identity_key)
        .join(here, here.c.id == mine.c.case_id)
        .where(
            mine.c.case_id == case_id,
            is_present(mine),
            here.c.status != CaseStatus.CLOSED,
            persons.c.case_id != case_id,
        )
    )
    return _grouped(rows.all())


async def elsewhere_by_key(
    connection: AsyncConnection, principal: Principal, now: datetime, keys: Iterable[str]
) -> dict[str, list[Elsewhere]]:
    """Return the open cases of the people with these identity keys. One query."""
    rows = await connection.execute(
        _open_cases(principal, now)
        .add_columns(persons.c.identity_key.label("of"))
        .where(persons.c.identity_key.in_(set(keys)))
    )
    return _grouped(rows.all())


def _open_cases(principal: Principal, now: datetime) -> Select[Any]:
    seen = case((sees_case(principal, now, cases.c.id), cases.c.id), else_=null())
    return (
        select(seen.label("case_id"), agencies.c.id, agencies.c.key, agencies.c.name)
        .select_from(persons)
        .join(cases, cases.c.id == persons.c.case_id)
        .join(agencies, agencies.c.id == cases.c.office_id)
        .where(is_present(), cases.c.status != CaseStatus.CLOSED)
        .order_by(agencies.c.sort_key, cases.c.id)
    )


def _grouped(rows: Iterable[Row[Any]]) -> dict[Any, list[Elsewhere]]:
    found: dict[Any, list[Elsewhere]] = {}
    for row in rows:
        office = AgencyName(row.id, row.key, row.name)
        found.setdefault(row.of, []).append(Elsewhere(office, row.case_id))
    return found
