"""The queries of the takeover: what a list is checked against, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.accounts.tables import users
from service.agencies.lookup import INTEGRATION_MANAGEMENT
from service.agencies.repository import list_agencies, list_municipalities
from service.pathways import repository as pathways
from service.takeover.lists.cases import ListedCase
from service.takeover.lists.faults import Fault
from service.takeover.lists.surroundings import Account, Surroundings
from service.takeover.tables import takeover_cases, takeover_lists, takeovers
from workflows.domain.principal import Principal, Role
from workflows.domain.working_days import local_day

ALL_AGENCIES = 100_000
TAKES_OVER = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR})
LISTS_SHOWN = 10


@dataclass(frozen=True)
class ListView:
    """A list as its page shows it. ``taken_over`` counts the cases that run here now."""

    id: UUID
    uploaded_at: datetime
    started_at: datetime | None
    done_at: datetime | None
    rows: int
    known: int
    cases: int
    taken_over: int
    faults: list[Fault]
    ignored: list[str]

    @property
    def faulty_rows(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})


class Takeovers:
    """Reads and writes what an office takes over."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Take the connection of a transaction."""
        self._connection = connection

    async def surroundings(
        self, principal: Principal, now: datetime, language: str
    ) -> Surroundings:
        """Return what a list of the principal's office is checked against; the engine sees all."""
        agencies = await list_agencies(self._connection, principal, limit=ALL_AGENCIES)
        offices = {one.id: one for one in agencies if one.legal_area == INTEGRATION_MANAGEMENT}
        rows = await self._connection.execute(
            select(users.c.id, users.c.name, users.c.display_name, users.c.agency_id)
            .where(
                users.c.role == Role.CASE_MANAGER, users.c.active, users.c.agency_id.in_(offices)
            )
            .order_by(users.c.sort_key, users.c.id)
        )
        accounts = {
            row.id: Account(row.name, row.display_name, offices[row.agency_id]) for row in rows
        }
        own = accounts.get(principal.user_id)
        return Surroundings(
            today=local_day(now),
            language=language,
            municipalities=await list_municipalities(self._connection, principal),
            agencies=agencies,
            accounts=list(accounts.values()),
            pathways=await pathways.newest(self._connection, principal),
            taken_over=await self._references(principal),
            office=offices.get(principal.agency_id) if principal.agency_id else None,
            own_account=own.name if own else None,
        )

    async def _references(self, principal: Principal) -> frozenset[tuple[UUID, str]]:
        rows = await self._connection.execute(
            select(takeovers.c.office_id, takeovers.c.reference).where(
                _within(principal, takeovers.c.office_id)
            )
        )
        return frozenset((row.office_id, row.reference) for row in rows)

    async def stage(
        self,
        principal: Principal,
        now: datetime,
        cases: Sequence[ListedCase],
        faults: Sequence[Fault],
        *,
        rows: int,
        known: int,
        ignored: Sequence[str],
    ) -> UUID:
        """Keep a checked list until somebody starts it; return its id."""
        list_id = uuid7()
        await self._connection.execute(
            insert(takeover_lists).values(
                id=list_id,
                office_id=principal.agency_id,
                uploaded_by=principal.user_id,
                uploaded_at=now,
                rows=rows,
                known=known,
                cases=len(cases),
                report=[as_json(fault) for fault in faults],
                ignored=list(ignored),
            )
        )
        staged = [
            {
                "list_id": list_id,
                "position": position,
                "reference": case.reference,
                "first_row": case.rows[0],
                "story": case.story.model_dump(mode="json"),
            }
            for position, case in enumerate(cases)
        ]
        if staged:
            await self._connection.execute(insert(takeover_cases), staged)
        return list_id

    async def start(self, principal: Principal, now: datetime, list_id: UUID) -> bool:
        """Begin the takeover of a list of the principal's office. False: there is none to begin."""
        begun = await self._connection.execute(
            update(takeover_lists)
            .where(
                takeover_lists.c.id == list_id,
                takeover_lists.c.started_at.is_(None),
                takeover_lists.c.cases > 0,
                _within(principal, takeover_lists.c.office_id),
            )
            .values(started_at=now)
        )
        return bool(begun.rowcount)

    async def find(self, principal: Principal, list_id: UUID) -> ListView | None:
        """Return a list of the principal's office, or None."""
        found = await self._views(principal, takeover_lists.c.id == list_id)
        return found[0] if found else None

    async def latest(self, principal: Principal) -> list[ListView]:
        """Return the last lists of the principal's office, newest first."""
        return await self._views(principal, true())

    async def _views(self, principal: Principal, which: ColumnElement[bool]) -> list[ListView]:
        taken_over = (
            select(func.count())
            .where(takeovers.c.list_id == takeover_lists.c.id, takeovers.c.started)
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(takeover_lists, taken_over.label("taken_over"))
            .where(which, _within(principal, takeover_lists.c.office_id))
            .order_by(takeover_lists.c.uploaded_at.desc())
            .limit(LISTS_SHOWN)
        )
        return [
            ListView(
                id=row.id,
                uploaded_at=row.uploaded_at,
                started_at=row.started_at,
                done_at=row.done_at,
                rows=row.rows,
                known=row.known,
                cases=row.cases,
                taken_over=row.taken_over,
                faults=sorted(map(from_json, row.report), key=lambda fault: fault.row),
                ignored=row.ignored,
            )
            for row in rows
        ]


def as_json(fault: Fault) -> dict[str, Any]:
    """Return the fault as the report keeps it."""
    return {
        "row": fault.row,
        "column": fault.column,
        "code": fault.code,
        "params": dict(fault.params),
    }


def from_json(kept: dict[str, Any]) -> Fault:
    """Return the fault that the report keeps."""
    return Fault(**kept)


def _within(principal: Principal, office: ColumnElement[UUID]) -> ColumnElement[bool]:
    if principal.role is Role.SYSTEM:
        return true()
    if principal.role not in TAKES_OVER or principal.agency_id is None:
        return false()
    return office == principal.agency_id


def is_waiting(list_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Return the condition under which cases of a list are yet to come in or to start."""
    return exists().where(takeover_cases.c.list_id == list_id) | exists().where(
        takeovers.c.list_id == list_id, takeovers.c.started.is_(False)
    )
