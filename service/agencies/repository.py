"""The directory's queries: which agencies there are, and which fit a step.

Names, addresses and competences of agencies are public; every signed-in person sees them all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.agencies.capacity import Capacity
from service.agencies.tables import agencies, agency_municipalities, municipalities
from service.sorting import sort_key
from workflows.domain.principal import Principal, Role

KEEPS_DIRECTORY = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.SYSTEM})


@dataclass(frozen=True)
class AgencyRow:
    """One agency as lists and forms show it. ``municipalities``: AGS keys, ascending."""

    id: UUID
    key: str
    name: str
    legal_area: str
    municipalities: list[str]
    capacity: Capacity
    full_until: date | None
    on_board: bool
    telephone: str | None
    fax: str | None
    queue_address: str | None

    def is_full(self, today: date) -> bool:
        """Tell whether it has no room on that day (in Berlin)."""
        is_over = self.full_until is not None and self.full_until < today
        return self.capacity is Capacity.FULL and not is_over


@dataclass(frozen=True)
class MunicipalityRow:
    """One municipality with its official key."""

    ags: str
    name: str


@dataclass(frozen=True)
class NewAgency:
    """What is needed to enter an agency into the directory."""

    key: str
    name: str
    legal_area: str
    municipalities: Sequence[str]
    on_board: bool
    queue_address: str | None
    telephone: str | None
    fax: str | None
    capacity: Capacity
    full_until: date | None


async def list_agencies(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001 - the directory is open to everybody signed in
    *,
    legal_area: str | None = None,
    municipality: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[AgencyRow]:
    """Return a page of agencies by id, beginning behind ``after``."""
    query = _filtered(legal_area, municipality).order_by(agencies.c.id).limit(limit)
    if after is not None:
        query = query.where(agencies.c.id > after)
    return await _rows(connection, query)


async def agencies_that_fit(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
    legal_area: str,
    municipality: str,
) -> list[AgencyRow]:
    """Return the agencies that serve the legal area in the municipality, by name."""
    query = _filtered(legal_area, municipality)
    return await _rows(connection, query.order_by(agencies.c.sort_key, agencies.c.id))


async def agencies_of_area(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
    legal_area: str,
) -> list[AgencyRow]:
    """Return the agencies that serve the legal area, wherever, by name."""
    return await _rows(connection, _filtered(legal_area, None).order_by(agencies.c.sort_key))


async def get_agency(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
    agency_id: UUID,
) -> AgencyRow | None:
    """Return the agency with that id, or None."""
    found = await _rows(connection, _QUERY.where(agencies.c.id == agency_id))
    return found[0] if found else None


async def agencies_by_key(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
    keys: Iterable[str],
) -> dict[str, AgencyRow]:
    """Return those of the keys that name an agency, with the agency."""
    found = await _rows(connection, _QUERY.where(agencies.c.key.in_(sorted(set(keys)))))
    return {agency.key: agency for agency in found}


async def legal_areas_with_agencies(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
) -> frozenset[str]:
    """Return the legal areas that some agency has."""
    return frozenset(await connection.scalars(select(agencies.c.legal_area).distinct()))


async def list_municipalities(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
) -> list[MunicipalityRow]:
    """Return every municipality, by name."""
    rows = await connection.execute(
        select(municipalities.c.ags, municipalities.c.name).order_by(municipalities.c.sort_key)
    )
    return [MunicipalityRow(row.ags, row.name) for row in rows]


async def add_municipalities(
    connection: AsyncConnection, principal: Principal, new: Iterable[MunicipalityRow]
) -> None:
    """Enter municipalities; those that are there stay as they are. Raises PermissionError."""
    _check_may_change(principal)
    rows = [{"ags": row.ags, "name": row.name, "sort_key": sort_key(row.name)} for row in new]
    await connection.execute(upsert(municipalities).on_conflict_do_nothing(), rows)


async def add_agency(connection: AsyncConnection, principal: Principal, new: NewAgency) -> bool:
    """Enter an agency. False: its key is there already, and it stays as it is.

    Raises PermissionError for everybody who does not keep the directory.
    """
    _check_may_change(principal)
    agency_id = uuid7()
    inserted = await connection.execute(
        upsert(agencies)
        .values(
            id=agency_id,
            key=new.key,
            legal_area=new.legal_area,
            **_changeable(new),
        )
        .on_conflict_do_nothing(index_elements=["key"])
    )
    if not inserted.rowcount:
        return False
    await connection.execute(
        insert(agency_municipalities),
        [{"agency_id": agency_id, "ags": ags} for ags in new.municipalities],
    )
    return True


async def change_agency(connection: AsyncConnection, principal: Principal, new: NewAgency) -> None:
    """Change an agency that is there, by its key; municipalities are added, none is taken away.

    Its legal area stays: requests rest on it. Raises PermissionError like ``add_agency``.
    """
    _check_may_change(principal)
    agency_id = await connection.scalar(
        update(agencies)
        .where(agencies.c.key == new.key)
        .values(_changeable(new))
        .returning(agencies.c.id)
    )
    await connection.execute(
        upsert(agency_municipalities).on_conflict_do_nothing(),
        [{"agency_id": agency_id, "ags": ags} for ags in new.municipalities],
    )


def _changeable(new: NewAgency) -> dict[str, object]:
    """Return the columns that a later list may change."""
    return {
        "name": new.name,
        "sort_key": sort_key(new.name),
        "on_board": new.on_board,
        "queue_address": new.queue_address,
        "telephone": new.telephone,
        "fax": new.fax,
        "capacity": new.capacity,
        "full_until": new.full_until,
    }


_competence = (
    select(
        func.array_agg(aggregate_order_by(agency_municipalities.c.ags, agency_municipalities.c.ags))
    )
    .where(agency_municipalities.c.agency_id == agencies.c.id)
    .scalar_subquery()
)

_QUERY: Select[Any] = select(
    agencies.c.id,
    agencies.c.key,
    agencies.c.name,
    agencies.c.legal_area,
    _competence.label("municipalities"),
    agencies.c.capacity,
    agencies.c.full_until,
    agencies.c.on_board,
    agencies.c.telephone,
    agencies.c.fax,
    agencies.c.queue_address,
)


def _filtered(legal_area: str | None, municipality: str | None) -> Select[Any]:
    query = _QUERY
    if legal_area is not None:
        query = query.where(agencies.c.legal_area == legal_area)
    if municipality is not None:
        query = query.where(
            exists().where(
                agency_municipalities.c.agency_id == agencies.c.id,
                agency_municipalities.c.ags == municipality,
            )
        )
    return query


async def _rows(connection: AsyncConnection, query: Select[Any]) -> list[AgencyRow]:
    return [
        AgencyRow(
            id=row.id,
            key=row.key,
            name=row.name,
            legal_area=row.legal_area,
            municipalities=row.municipalities or [],
            capacity=Capacity(row.capacity),
            full_until=row.full_until,
            on_board=row.on_board,
            telephone=row.telephone,
            fax=row.fax,
            queue_address=row.queue_address,
        )
        for row in await connection.execute(query)
    ]


def _check_may_change(principal: Principal) -> None:
    if principal.role not in KEEPS_DIRECTORY:
        raise PermissionError("Only the coordination and the administration keep the directory.")
