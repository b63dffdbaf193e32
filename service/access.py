"""Who sees which case and which referral: the condition that every query carries."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, DateTime, Uuid, bindparam, exists, false, or_, true

from service.referrals.tables import access
from workflows.domain.principal import Principal, Role

READERS = frozenset({Role.CASE_MANAGER, Role.AGENCY_MEMBER, Role.SUPERVISOR})
"""Roles that read cases and referrals. Coordinators work with figures, never with files."""

CLOCKS_DIFFER_BY = timedelta(minutes=1)
"""A right counts from a moment before it begins: it was written by another machine's clock, and
who has just sent a referral is to see it at once."""


def sees_case(
    principal: Principal, now: datetime, case_id: ColumnElement[UUID]
) -> ColumnElement[bool]:
    """Return the condition under which the principal sees the case."""
    return _sees(principal, now, access.c.case_id == case_id)


def sees_referral(
    principal: Principal, now: datetime, referral_id: ColumnElement[UUID]
) -> ColumnElement[bool]:
    """Return the condition under which the principal sees the referral."""
    return _sees(principal, now, access.c.referral_id == referral_id)


def reader(principal: Principal, now: datetime) -> dict[str, object]:
    """Return who reads, and when, for a statement with ``reader_sees_referral``."""
    reads = principal.role in READERS
    return {
        "reader_is_system": principal.role is Role.SYSTEM,
        "reader_agency": principal.agency_id if reads else None,
        "read_at": now,
        "read_before": now + CLOCKS_DIFFER_BY,
    }


def reader_sees_referral(referral_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Return ``sees_referral`` for a statement that is put together once, whoever reads."""
    instant = DateTime(timezone=True)
    return or_(
        bindparam("reader_is_system", type_=Boolean),
        _has_a_right(
            access.c.referral_id == referral_id,
            bindparam("reader_agency", type_=Uuid),
            begun_by=bindparam("read_before", type_=instant),
            at=bindparam("read_at", type_=instant),
        ),
    )


def _sees(principal: Principal, now: datetime, subject: ColumnElement[bool]) -> ColumnElement[bool]:
    if principal.role is Role.SYSTEM:
        return true()
    if principal.role not in READERS or principal.agency_id is None:
        return false()
    return _has_a_right(subject, principal.agency_id, begun_by=now + CLOCKS_DIFFER_BY, at=now)


def _has_a_right(
    subject: ColumnElement[bool],
    agency: UUID | ColumnElement[UUID],
    *,
    begun_by: datetime | ColumnElement[datetime],
    at: datetime | ColumnElement[datetime],
) -> ColumnElement[bool]:
    return exists().where(
        subject,
        access.c.agency_id == agency,
        access.c.from_at <= begun_by,
        or_(access.c.until_at.is_(None), access.c.until_at > at),
    )
