"""The queries of the gaps. Each takes the principal and shows only what that one may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case, sees_referral
from service.agencies.names import AgencyName
from service.agencies.tables import agencies
from service.cases.tables import cases
from service.gaps.tables import gaps
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class Wanted:
    """Which gaps: None takes all. ``agency`` is the one whose clock ran out."""

    is_open: bool | None = None
    kind: str | None = None
    party: str | None = None
    agency: UUID | None = None
    municipality: str | None = None
    level: str | None = None


@dataclass(frozen=True)
class GapRow:
    """A gap in a list. UTC."""

    id: UUID
    case_id: UUID
    path_id: UUID | None
    step: str | None
    referral_id: UUID | None
    entitlement_id: UUID | None
    kind: str
    party: str
    agency: AgencyName
    municipality: str
    level: str
    opened_at: datetime
    closed_at: datetime | None


async def list_gaps(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    wanted: Wanted,
    *,
    after: UUID | None,
    limit: int,
) -> list[GapRow]:
    """Return the gaps that the principal sees, by id, behind ``after``.

    Those of a referral are seen with it, those of a step that was not sent on with its case.
    """
    sees = or_(
        sees_referral(principal, now, gaps.c.referral_id),
        gaps.c.referral_id.is_(None) & sees_case(principal, now, gaps.c.case_id),
    )
    query = (
        select(
            gaps.c.id,
            gaps.c.case_id,
            gaps.c.path_id,
            gaps.c.step,
            gaps.c.referral_id,
            gaps.c.entitlement_id,
            gaps.c.kind,
            gaps.c.party,
            gaps.c.agency_id,
            agencies.c.key,
            agencies.c.name,
            cases.c.municipality,
            gaps.c.level,
            gaps.c.opened_at,
            gaps.c.closed_at,
        )
        .join(agencies, agencies.c.id == gaps.c.agency_id)
        .join(cases, cases.c.id == gaps.c.case_id)
        .where(sees, *_conditions(wanted))
        .order_by(gaps.c.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(gaps.c.id > after)
    return [
        GapRow(
            id=row.id,
            case_id=row.case_id,
            path_id=row.path_id,
            step=row.step,
            referral_id=row.referral_id,
            entitlement_id=row.entitlement_id,
            kind=row.kind,
            party=row.party,
            agency=AgencyName(row.agency_id, row.key, row.name),
            municipality=row.municipality,
            level=row.level,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
        )
        for row in await connection.execute(query)
    ]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    columns: list[tuple[ColumnElement[Any], object]] = [
        (gaps.c.closed_at.is_(None), wanted.is_open),
        (gaps.c.kind, wanted.kind),
        (gaps.c.party, wanted.party),
        (gaps.c.agency_id, wanted.agency),
        (cases.c.municipality, wanted.municipality),
        (gaps.c.level, wanted.level),
    ]
    return [column == value for column, value in columns if value is not None]
