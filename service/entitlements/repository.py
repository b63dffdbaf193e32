"""The queries of the entitlements. Only the office of a case sees them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.accounts.tables import users
from service.cases.tables import cases, persons
from service.entitlements.law import kinds
from service.entitlements.tables import entitlements
from service.entitlements.views import EntitlementView, RunsOut
from service.gaps.tables import gaps
from workflows.domain.entitlement_kinds import EntitlementKind
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus


async def entitlements_of(
    connection: AsyncConnection, principal: Principal, now: datetime, case_id: UUID
) -> list[EntitlementView]:
    """Return those of a case, by member, then by their first day."""
    rows = await connection.execute(
        select(entitlements, _GAP_LEVEL)
        .join(persons, persons.c.id == entitlements.c.member_id)
        .join(cases, cases.c.id == entitlements.c.case_id)
        .where(
            entitlements.c.case_id == case_id,
            cases.c.office_id == principal.agency_id,
            sees_case(principal, now, cases.c.id),
        )
        .order_by(persons.c.position, entitlements.c.starts_on, entitlements.c.id)
    )
    return [
        EntitlementView(
            id=row.id,
            member_id=row.member_id,
            kind=_kind(row.kind),
            starts_on=row.starts_on,
            printed_until=row.printed_until,
            effective_until=row.effective_until,
            until_decided=row.until_decided,
            last_day=row.last_day,
            path_id=row.path_id,
            let_go=row.let_go,
            act_by=row.clock_due_at,
            gap_level=row.gap_level,
        )
        for row in rows
    ]


async def running_out(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    *,
    due_before: datetime,
    limit: int,
    mine: bool = False,
) -> list[RunsOut]:
    """Return what runs out in the office's open cases and has to be seen to until then (UTC).

    ``mine``: only in the cases that the principal manages.
    """
    of_mine = (cases.c.case_manager_id == principal.user_id,) if mine else ()
    rows = await connection.execute(
        select(
            entitlements,
            _GAP_LEVEL,
            users.c.display_name,
            (persons.c.given_name + " " + persons.c.family_name).label("subject"),
        )
        .join(persons, persons.c.id == entitlements.c.member_id)
        .join(cases, cases.c.id == entitlements.c.case_id)
        .join(users, users.c.id == cases.c.case_manager_id)
        .where(
            entitlements.c.clock_due_at <= due_before,
            cases.c.office_id == principal.agency_id,
            cases.c.status == CaseStatus.OPEN,
            sees_case(principal, now, cases.c.id),
            *of_mine,
        )
        .order_by(entitlements.c.clock_due_at, entitlements.c.id)
        .limit(limit)
    )
    return [
        RunsOut(
            case_id=row.case_id,
            entitlement_id=row.id,
            kind=_kind(row.kind),
            subject=row.subject,
            case_manager=row.display_name,
            last_day=row.last_day,
            path_id=row.path_id,
            since=row.clock_since,
            act_by=row.clock_due_at,
            gap_level=row.gap_level,
        )
        for row in rows
    ]


def _kind(key: str) -> EntitlementKind:
    return kinds()[key]


_GAP_LEVEL: Any = (
    select(gaps.c.level)
    .where(gaps.c.entitlement_id == entitlements.c.id, gaps.c.closed_at.is_(None))
    .order_by(gaps.c.seq.desc())
    .limit(1)
    .scalar_subquery()
    .label("gap_level")
)
