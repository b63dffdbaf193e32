"""Cases that one office offers to another: what each of both sees of them.

The other office reads no name before it has taken the case over.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.names import AgencyName
from service.agencies.tables import agencies, municipalities
from service.cases.definitions import DESCRIBES_PATH
from service.cases.household import is_present
from service.cases.tables import cases, notes, paths, persons
from service.pathways.tables import pathway_versions
from workflows.domain.case_transfer import WORKS_ON_CASES
from workflows.domain.pathway import Texts
from workflows.domain.principal import Principal

MOST = 200


@dataclass(frozen=True)
class OfferView:
    """A case on offer. ``pathways``: what runs in it; times in UTC."""

    case_id: UUID
    from_office: AgencyName
    to_office: AgencyName
    municipality: str
    household_size: int
    pathways: list[Texts]
    since: datetime
    due_at: datetime
    note: str | None


async def offers_to(connection: AsyncConnection, principal: Principal) -> list[OfferView]:
    """Return the cases that are offered to the principal's office, by deadline."""
    return await _offers(connection, principal, cases.c.offered_to_id == principal.agency_id)


async def offers_by(connection: AsyncConnection, principal: Principal) -> list[OfferView]:
    """Return the cases that the principal's office offers to others, by deadline."""
    return await _offers(connection, principal, cases.c.office_id == principal.agency_id)


async def _offers(
    connection: AsyncConnection, principal: Principal, which: ColumnElement[bool]
) -> list[OfferView]:
    if principal.role not in WORKS_ON_CASES:
        return []
    sender, receiver = agencies.alias("sender"), agencies.alias("receiver")
    size = (
        select(func.count()).where(persons.c.case_id == cases.c.id, is_present()).scalar_subquery()
    )
    rows = (
        await connection.execute(
            select(
                cases.c.id,
                cases.c.offered_since,
                cases.c.offer_due_at,
                municipalities.c.name.label("municipality"),
                size.label("household_size"),
                notes.c.body,
                *(sender.c[name].label(f"from_{name}") for name in ("id", "key", "name")),
                *(receiver.c[name].label(f"to_{name}") for name in ("id", "key", "name")),
            )
            .join(municipalities, municipalities.c.ags == cases.c.municipality)
            .join(sender, sender.c.id == cases.c.office_id)
            .join(receiver, receiver.c.id == cases.c.offered_to_id)
            .outerjoin(notes, notes.c.id == cases.c.offer_note_id)
            .where(which)
            .order_by(cases.c.offer_due_at, cases.c.id)
            .limit(MOST)
        )
    ).all()
    titles = await _titles(connection, [row.id for row in rows])
    return [
        OfferView(
            case_id=row.id,
            from_office=AgencyName(row.from_id, row.from_key, row.from_name),
            to_office=AgencyName(row.to_id, row.to_key, row.to_name),
            municipality=row.municipality,
            household_size=row.household_size,
            pathways=titles.get(row.id, []),
            since=row.offered_since,
            due_at=row.offer_due_at,
            note=row.body or None,
        )
        for row in rows
    ]


async def _titles(connection: AsyncConnection, case_ids: list[UUID]) -> dict[UUID, list[Texts]]:
    rows = await connection.execute(
        select(paths.c.case_id, pathway_versions.c.definition["title"].label("title"))
        .join(pathway_versions, DESCRIBES_PATH)
        .where(paths.c.case_id.in_(case_ids))
        .order_by(paths.c.case_id, paths.c.position)
    )
    titles: dict[UUID, list[Texts]] = {}
    for row in rows:
        titles.setdefault(row.case_id, []).append(Texts.model_validate(row.title))
    return titles
