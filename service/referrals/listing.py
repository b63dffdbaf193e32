"""The list of referrals."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Row, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_referral
from service.agencies.names import AgencyName
from service.agencies.tables import agencies
from service.cases.views import ClockView
from service.referrals.tables import referrals
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class Wanted:
    """Which referrals: None takes all. ``agency`` takes part as sender or as receiver."""

    status: str | None = None
    agency: UUID | None = None
    party: str | None = None
    overdue: bool | None = None


@dataclass(frozen=True)
class ReferralRow:
    """A referral in a list, without anybody's name. ``case_id`` is for the sender only."""

    id: UUID
    case_id: UUID | None
    step: str
    from_agency: AgencyName
    to_agency: AgencyName
    status: str
    business_status: str | None
    opened_at: datetime
    referred_at: datetime
    closed_at: datetime | None
    clock: ClockView | None
    seq: int


async def list_referrals(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    wanted: Wanted,
    *,
    after: UUID | None,
    limit: int,
) -> list[ReferralRow]:
    """Return the referrals that the principal sees, by id, beginning behind ``after``."""
    sender, receiver = agencies.alias("sender"), agencies.alias("receiver")
    query = (
        select(
            referrals.c.id,
            referrals.c.case_id,
            referrals.c.step,
            referrals.c.from_agency_id,
            sender.c.key.label("from_key"),
            sender.c.name.label("from_name"),
            referrals.c.to_agency_id,
            receiver.c.key.label("to_key"),
            receiver.c.name.label("to_name"),
            referrals.c.status,
            referrals.c.business_status,
            referrals.c.opened_at,
            referrals.c.referred_at,
            referrals.c.closed_at,
            referrals.c.clock_party,
            referrals.c.clock_since,
            referrals.c.clock_due_at,
            referrals.c.seq,
        )
        .join(sender, sender.c.id == referrals.c.from_agency_id)
        .join(receiver, receiver.c.id == referrals.c.to_agency_id)
        .where(sees_referral(principal, now, referrals.c.id), *_conditions(wanted, now))
        .order_by(referrals.c.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(referrals.c.id > after)
    rows: CursorResult[Any] = await connection.execute(query)
    return [_row(row, principal) for row in rows]


def _conditions(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        conditions.append(referrals.c.status == wanted.status)
    if wanted.agency is not None:
        conditions.append(
            or_(
                referrals.c.from_agency_id == wanted.agency,
                referrals.c.to_agency_id == wanted.agency,
            )
        )
    if wanted.party is not None:
        conditions.append(referrals.c.clock_party == wanted.party)
    if wanted.overdue is True:
        conditions.append(referrals.c.clock_due_at < now)
    if wanted.overdue is False:
        conditions.append(or_(referrals.c.clock_due_at.is_(None), referrals.c.clock_due_at >= now))
    return conditions


def _row(row: Row[Any], principal: Principal) -> ReferralRow:
    return ReferralRow(
        id=row.id,
        case_id=row.case_id if row.from_agency_id == principal.agency_id else None,
        step=row.step,
        from_agency=AgencyName(row.from_agency_id, row.from_key, row.from_name),
        to_agency=AgencyName(row.to_agency_id, row.to_key, row.to_name),
        status=row.status,
        business_status=row.business_status,
        opened_at=row.opened_at,
        referred_at=row.referred_at,
        closed_at=row.closed_at,
        clock=row.clock_party and ClockView(row.clock_party, row.clock_since, row.clock_due_at),
        seq=row.seq,
    )
