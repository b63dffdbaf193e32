"""The list of cases."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.accounts.tables import users
from service.agencies.names import AgencyName
from service.agencies.tables import agencies
from service.cases.tables import cases
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class CaseRow:
    """A case in a list, without anybody of the household."""

    id: UUID
    status: str
    municipality: str
    office: AgencyName
    case_manager_id: UUID
    case_manager_name: str
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None


async def list_cases(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    *,
    status: str | None,
    after: UUID | None,
    limit: int,
) -> list[CaseRow]:
    """Return the cases that the principal sees, by id, beginning behind ``after``."""
    rows = await connection.execute(
        select(
            cases.c.id,
            cases.c.status,
            cases.c.municipality,
            cases.c.office_id,
            agencies.c.key,
            agencies.c.name,
            cases.c.case_manager_id,
            users.c.display_name,
            cases.c.opened_at,
            cases.c.closed_at,
            cases.c.outcome,
        )
        .join(agencies, agencies.c.id == cases.c.office_id)
        .join(users, users.c.id == cases.c.case_manager_id)
        .where(
            sees_case(principal, now, cases.c.id),
            true() if status is None else cases.c.status == status,
            true() if after is None else cases.c.id > after,
        )
        .order_by(cases.c.id)
        .limit(limit)
    )
    return [
        CaseRow(
            id=row.id,
            status=row.status,
            municipality=row.municipality,
            office=AgencyName(row.office_id, row.key, row.name),
            case_manager_id=row.case_manager_id,
            case_manager_name=row.display_name,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            outcome=row.outcome,
        )
        for row in rows
    ]
