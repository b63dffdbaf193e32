"""The query of the list of cases: one, however many there are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.accounts.tables import users
from service.agencies.tables import agencies, municipalities
from service.cases.household import is_present
from service.cases.tables import cases, persons, steps
from service.referrals.tables import referrals
from workflows.domain.clocks import Party
from workflows.domain.principal import Principal
from workflows.domain.statuses import CaseStatus, StepStatus


@dataclass(frozen=True)
class CaseCard:
    """A case in the list, with its nearest deadline (UTC; None: no clock runs).

    ``receiver`` is the agency whose clock that is, None where it is the office's own.
    """

    id: UUID
    status: str
    subject: str
    household_size: int
    municipality: str
    case_manager_id: UUID
    case_manager: str
    closed_at: datetime | None
    due_at: datetime | None
    receiver: str | None
    is_called: bool


async def case_cards(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    *,
    status: CaseStatus | None,
    limit: int,
) -> list[CaseCard]:
    """Return the office's cases, open ones first, by the names that they go by."""
    page = _page(principal, now, status, limit).subquery()
    urgent = _nearest_deadline(page.c.id).lateral()
    size = (
        select(func.count()).where(persons.c.case_id == page.c.id, is_present()).scalar_subquery()
    )
    rows = await connection.execute(
        select(
            page,
            size.label("household_size"),
            municipalities.c.name.label("municipality_name"),
            users.c.display_name,
            urgent.c.clock_party,
            urgent.c.clock_due_at,
            urgent.c.receiver,
            urgent.c.on_board,
        )
        .join(municipalities, municipalities.c.ags == page.c.municipality)
        .join(users, users.c.id == page.c.case_manager_id)
        .outerjoin(urgent, true())
        .order_by(page.c.is_closed, page.c.sort_key, page.c.id)
    )
    return [
        CaseCard(
            id=row.id,
            status=row.status,
            subject=row.subject,
            household_size=row.household_size,
            municipality=row.municipality_name,
            case_manager_id=row.case_manager_id,
            case_manager=row.display_name,
            closed_at=row.closed_at,
            due_at=row.clock_due_at,
            receiver=row.receiver if row.clock_party == Party.RECEIVER else None,
            is_called=row.clock_party == Party.RECEIVER and not row.on_board,
        )
        for row in rows
    ]


def _page(
    principal: Principal, now: datetime, status: CaseStatus | None, limit: int
) -> Select[tuple[object, ...]]:
    is_closed = cases.c.status == CaseStatus.CLOSED
    return (
        select(
            cases.c.id,
            cases.c.status,
            is_closed.label("is_closed"),
            cases.c.municipality,
            cases.c.case_manager_id,
            cases.c.closed_at,
            persons.c.sort_key,
            (persons.c.given_name + " " + persons.c.family_name).label("subject"),
        )
        .join(persons, (persons.c.case_id == cases.c.id) & persons.c.names_case)
        .where(
            cases.c.office_id == principal.agency_id,
            sees_case(principal, now, cases.c.id),
            true() if status is None else cases.c.status == status,
        )
        .order_by(is_closed, persons.c.sort_key, cases.c.id)
        .limit(limit)
    )


def _nearest_deadline(case_id: object) -> Select[tuple[object, ...]]:
    """Return the step whose deadline comes first; of two at once the one that the office has."""
    receiver = agencies.alias("receiver")
    return (
        select(
            steps.c.clock_party,
            steps.c.clock_due_at,
            receiver.c.name.label("receiver"),
            referrals.c.on_board,
        )
        .outerjoin(referrals, referrals.c.id == steps.c.referral_id)
        .outerjoin(receiver, receiver.c.id == referrals.c.to_agency_id)
        .where(
            steps.c.case_id == case_id,
            steps.c.clock_due_at.is_not(None),
            steps.c.status != StepStatus.DONE,
        )
        .order_by(steps.c.clock_due_at, steps.c.status != StepStatus.DUE, steps.c.key)
        .limit(1)
    )
