"""What a house says about itself, so that others can reckon with it: room, closing days, mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.capacity import Capacity
from service.agencies.tables import agencies, closing_days
from workflows.domain.principal import Principal, Role
from workflows.domain.working_days import is_working_day

SAYS_WHETHER_THERE_IS_ROOM = frozenset({Role.AGENCY_MEMBER, Role.SUPERVISOR})
KEEPS_THE_HOUSE = frozenset({Role.SUPERVISOR})
LONGEST_CLOSURE = timedelta(days=92)
"""A school's summer holidays fit well; a longer one is a slip of the pen."""
FURTHEST_AHEAD = timedelta(days=3 * 366)


@dataclass(frozen=True)
class OwnHouse:
    """The principal's own house. ``closed``: its closing days from today on, ascending."""

    name: str
    on_board: bool
    capacity: Capacity
    full_until: date | None
    supervisors_are_told: bool
    closed: list[date]


async def read_own_house(
    connection: AsyncConnection, principal: Principal, today: date
) -> OwnHouse | None:
    """Return the house that the principal works for, None for whoever works for none."""
    house = (
        await connection.execute(select(agencies).where(agencies.c.id == principal.agency_id))
    ).one_or_none()
    if house is None:
        return None
    closed = await connection.scalars(
        select(closing_days.c.day)
        .where(closing_days.c.agency_id == principal.agency_id, closing_days.c.day >= today)
        .order_by(closing_days.c.day)
    )
    return OwnHouse(
        name=house.name,
        on_board=house.on_board,
        capacity=Capacity(house.capacity),
        full_until=house.full_until,
        supervisors_are_told=house.supervisors_are_told,
        closed=list(closed),
    )


async def set_capacity(
    connection: AsyncConnection, principal: Principal, capacity: Capacity, full_until: date | None
) -> None:
    """Say whether there is room. Raises PermissionError for whoever does not speak for it."""
    _check(principal, SAYS_WHETHER_THERE_IS_ROOM)
    await connection.execute(
        update(agencies)
        .where(agencies.c.id == principal.agency_id)
        .values(capacity=capacity, full_until=full_until)
    )


async def set_supervisors_told(
    connection: AsyncConnection, principal: Principal, *, agreed: bool
) -> None:
    """Agree that others' gaps are told to one's supervisors, or not. Raises PermissionError."""
    _check(principal, KEEPS_THE_HOUSE)
    await connection.execute(
        update(agencies)
        .where(agencies.c.id == principal.agency_id)
        .values(supervisors_are_told=agreed)
    )


async def close_on(connection: AsyncConnection, principal: Principal, days: Iterable[date]) -> None:
    """Enter closing days; those that are there stay. Raises PermissionError."""
    _check(principal, KEEPS_THE_HOUSE)
    rows = [{"agency_id": principal.agency_id, "day": day} for day in days]
    if rows:
        await connection.execute(insert(closing_days).on_conflict_do_nothing(), rows)


async def open_on(connection: AsyncConnection, principal: Principal, day: date) -> None:
    """Take a closing day out. Raises PermissionError."""
    _check(principal, KEEPS_THE_HOUSE)
    await connection.execute(
        delete(closing_days).where(
            closing_days.c.agency_id == principal.agency_id, closing_days.c.day == day
        )
    )


def working_days_from(first: date, last: date) -> list[date]:
    """Return the days in between, both included, on which the house would be open."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def _check(principal: Principal, allowed: frozenset[Role]) -> None:
    if principal.role not in allowed or principal.agency_id is None:
        raise PermissionError("This is for the house's own people to say.")
