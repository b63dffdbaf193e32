"""Who belongs to a case's household, for the acts that name a member or ask for ages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import persons
from service.errors import UnusableEntry


@dataclass(frozen=True)
class Member:
    """Somebody whom the case has taken in; ``left_on``: who has left since. Days in Berlin."""

    id: UUID
    birth_date: date
    joined_on: date | None
    left_on: date | None


def is_taken_in(people: FromClause = persons) -> ColumnElement[bool]:
    """Return the condition for everybody who belongs to a household, or did."""
    return _column(people, "position").is_not(None)


def is_present(people: FromClause = persons) -> ColumnElement[bool]:
    """Return the condition for everybody who belongs to a household now."""
    return is_taken_in(people) & _column(people, "left_on").is_(None)


def is_meant_by(request_opened_at: ColumnElement[datetime] | datetime) -> ColumnElement[bool]:
    """Return the condition for everybody whom a request for the whole household is about.

    Whoever was taken in after it was sent is not: nothing permits passing on their data with it.
    """
    was_there = persons.c.taken_in_at.is_(None) | (persons.c.taken_in_at <= request_opened_at)
    return is_present() & was_there


async def members_of(connection: AsyncConnection, case_id: UUID) -> list[Member]:
    """Return everybody in the order of the household, in which programs and forms count them.

    The caller has found the case for the principal before.
    """
    rows = await connection.execute(
        select(persons.c.id, persons.c.birth_date, persons.c.joined_on, persons.c.left_on)
        .where(persons.c.case_id == case_id, is_taken_in())
        .order_by(persons.c.position)
    )
    return [Member(row.id, row.birth_date, row.joined_on, row.left_on) for row in rows]


def member_at(members: Sequence[Member], index: int) -> UUID:
    """Return the id of the member of that number. Raises UnusableEntry if there is none."""
    if index >= len(members):
        raise UnusableEntry("member", "unknown-member")
    return members[index].id


def births_of_present(members: Sequence[Member]) -> dict[UUID, date]:
    """Return the birth dates by member; whoever has left does not count any more."""
    return {member.id: member.birth_date for member in members if member.left_on is None}


async def birth_dates_of_household(connection: AsyncConnection, case_id: UUID) -> dict[UUID, date]:
    """Return the birth dates by member of those who are there, in the order of the household."""
    return births_of_present(await members_of(connection, case_id))


def _column(people: FromClause, name: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = people.c[name]
    return column
