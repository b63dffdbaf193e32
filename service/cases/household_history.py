"""Who joined a household and who left it, as the ledger keeps it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.accounts.tables import users
from service.cases.tables import notes, persons
from service.ledger.tables import events
from workflows.domain.household_moves import ADD_MEMBER, REMOVE_MEMBER
from workflows.domain.principal import Principal
from workflows.names import case_workflow_id


@dataclass(frozen=True)
class HouseholdChange:
    """One change. ``day``: since when it holds (in Berlin); ``reason``: why somebody left."""

    action: str
    at: datetime
    actor: str
    name: str
    day: date
    reason: str | None
    note: str | None


async def changes_of_household(
    connection: AsyncConnection, principal: Principal, now: datetime, case_id: UUID
) -> list[HouseholdChange]:
    """Return who joined and who left since the case was opened, the newest first. One query."""
    subject = cast(events.c.details["subject"].astext, Uuid)
    rows = await connection.execute(
        select(
            events.c.action,
            events.c.at,
            events.c.reason,
            events.c.details["day"].astext.label("day"),
            users.c.display_name,
            (persons.c.given_name + " " + persons.c.family_name).label("name"),
            notes.c.body,
        )
        .join(persons, persons.c.id == subject)
        .outerjoin(users, users.c.id == events.c.actor_id)
        .outerjoin(notes, notes.c.id == events.c.note_id)
        .where(
            events.c.workflow_id == case_workflow_id(case_id),
            events.c.action.in_((ADD_MEMBER, REMOVE_MEMBER)),
            sees_case(principal, now, events.c.case_id),
        )
        .order_by(events.c.seq.desc())
    )
    return [
        HouseholdChange(
            action=row.action,
            at=row.at,
            actor=row.display_name or "",
            name=row.name,
            day=date.fromisoformat(row.day),
            reason=row.reason,
            note=row.body or None,
        )
        for row in rows
    ]
