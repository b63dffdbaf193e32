"""The open cases that a rule of law touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.accounts.tables import users
from service.cases.household import is_present
from service.cases.tables import cases, persons
from service.entitlements.tables import entitlements
from workflows.domain.legal_rules import LegalRule
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import CaseStatus
from workflows.domain.working_days import local_day

SEES_FIGURES = frozenset({Role.COORDINATOR})
"""Who is told how many there are everywhere, and of nobody by name."""


@dataclass(frozen=True)
class TouchedCase:
    """A person of the office's whom a rule touches. ``last_day``: as far as it is known today."""

    case_id: UUID
    entitlement_id: UUID
    subject: str
    case_manager: str
    starts_on: date
    last_day: date | None


async def count_touched(
    connection: AsyncConnection, principal: Principal, now: datetime, rules: Iterable[LegalRule]
) -> dict[str, int]:
    """Return by rule how many open cases hold what it ends: the office's, or all as a figure."""
    kinds = {rule.ends for rule in rules}
    rows = await connection.execute(
        select(entitlements.c.kind, func.count(entitlements.c.case_id.distinct()).label("many"))
        .join(cases, cases.c.id == entitlements.c.case_id)
        .join(persons, persons.c.id == entitlements.c.member_id)
        .where(
            is_present(),
            entitlements.c.kind.in_(sorted(kinds)),
            _holds(now),
            *(() if principal.role in SEES_FIGURES else _of_the_office(principal, now)),
            cases.c.status == CaseStatus.OPEN,
        )
        .group_by(entitlements.c.kind)
    )
    many = {row.kind: row.many for row in rows}
    return {rule.key: many.get(rule.ends, 0) for rule in rules}


async def touched_by(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    rule: LegalRule,
    *,
    limit: int,
) -> list[TouchedCase]:
    """Return the office's open cases in which somebody holds what the rule ends, by first day."""
    rows = await connection.execute(_touched(principal, now, rule).limit(limit))
    return [
        TouchedCase(
            case_id=row.case_id,
            entitlement_id=row.id,
            subject=row.subject,
            case_manager=row.display_name,
            starts_on=row.starts_on,
            last_day=row.last_day,
        )
        for row in rows
    ]


def _touched(principal: Principal, now: datetime, rule: LegalRule) -> Select[tuple[object, ...]]:
    return (
        select(
            entitlements.c.case_id,
            entitlements.c.id,
            entitlements.c.starts_on,
            entitlements.c.last_day,
            users.c.display_name,
            (persons.c.given_name + " " + persons.c.family_name).label("subject"),
        )
        .join(cases, cases.c.id == entitlements.c.case_id)
        .join(persons, persons.c.id == entitlements.c.member_id)
        .join(users, users.c.id == cases.c.case_manager_id)
        .where(
            is_present(),
            entitlements.c.kind == rule.ends,
            _holds(now),
            *_of_the_office(principal, now),
            cases.c.status == CaseStatus.OPEN,
        )
        .order_by(entitlements.c.starts_on, entitlements.c.id)
    )


def _holds(now: datetime) -> ColumnElement[bool]:
    today = local_day(now)
    return or_(entitlements.c.last_day.is_(None), entitlements.c.last_day >= today)


def _of_the_office(principal: Principal, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        cases.c.office_id == principal.agency_id,
        sees_case(principal, now, cases.c.id),
    )
