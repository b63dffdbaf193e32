"""The open requests with an application to which a rule about waiting for decisions applies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.accounts.tables import users
from service.agencies.tables import agencies
from service.cases.tables import cases, persons
from service.entitlements.touched import SEES_FIGURES
from service.referrals.tables import referrals
from workflows.domain.legal_rules import ApplicationRule
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus, Status

_DECIDED = frozenset({Status.COMPLETED, Status.CANCELLED, Status.ENTERED_IN_ERROR})


@dataclass(frozen=True)
class WaitingApplication:
    """A request of the office's whose application is not decided. ``filed_on``: in Berlin."""

    referral_id: UUID
    subject: str
    case_manager: str
    agency: str
    filed_on: date


async def count_waiting(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    rules: Iterable[ApplicationRule],
) -> dict[str, int]:
    """Return by rule in how many open cases an application waits: the office's, or all of them."""
    rules = list(rules)
    each = (
        func.count(referrals.c.case_id.distinct())
        .filter(agencies.c.legal_area.in_(rule.scope))
        .label(rule.key)
        for rule in rules
    )
    counted = await connection.execute(
        select(*each)
        .join_from(referrals, agencies, agencies.c.id == referrals.c.to_agency_id)
        .join(cases, cases.c.id == referrals.c.case_id)
        .where(
            *_waits(),
            *(() if principal.role in SEES_FIGURES else _of_the_office(principal, now)),
        )
    )
    return dict(counted.mappings().one())


async def waiting_for(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    rule: ApplicationRule,
    *,
    limit: int,
) -> list[WaitingApplication]:
    """Return the office's requests to which the rule applies, what was filed first before all."""
    rows = await connection.execute(
        select(
            referrals.c.id,
            referrals.c.application_filed_on,
            agencies.c.name.label("agency"),
            users.c.display_name,
            (persons.c.given_name + " " + persons.c.family_name).label("subject"),
        )
        .join_from(referrals, agencies, agencies.c.id == referrals.c.to_agency_id)
        .join(cases, cases.c.id == referrals.c.case_id)
        .join(users, users.c.id == cases.c.case_manager_id)
        .join(persons, (persons.c.case_id == cases.c.id) & persons.c.names_case)
        .where(agencies.c.legal_area.in_(rule.scope), *_waits(), *_of_the_office(principal, now))
        .order_by(referrals.c.application_filed_on, referrals.c.id)
        .limit(limit)
    )
    return [
        WaitingApplication(
            referral_id=row.id,
            subject=row.subject,
            case_manager=row.display_name,
            agency=row.agency,
            filed_on=row.application_filed_on,
        )
        for row in rows
    ]


def _waits() -> tuple[ColumnElement[bool], ...]:
    return (
        referrals.c.application_filed_on.is_not(None),
        referrals.c.closed_at.is_(None),
        referrals.c.status.not_in(_DECIDED),
        cases.c.status == CaseStatus.OPEN,
    )


def _of_the_office(principal: Principal, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        cases.c.office_id == principal.agency_id,
        sees_case(principal, now, cases.c.id),
    )
