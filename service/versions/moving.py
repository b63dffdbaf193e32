"""Moving a path to a newer version of its pathway: what it would change, and the act itself."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.bootstrap import Container
from service.cases.acting import CaseRequest, by_id, carry_out
from service.cases.household import is_present
from service.cases.tables import persons
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import Promise
from service.pathways.repository import versions_of
from service.versions.schemas import MoveToVersion
from workflows.domain.case_moving import MovePath, check_move
from workflows.domain.case_paths import path_on
from workflows.domain.case_state import CaseState, PathState
from workflows.domain.household import facts_of
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal
from workflows.domain.referral_state import ActDone
from workflows.domain.working_days import local_day

Versions = Mapping[int, Pathway]
"""The published versions of one pathway."""


async def move_path(
    container: Container,
    principal: Principal,
    case_id: UUID,
    path_id: UUID,
    body: MoveToVersion,
    key: str,
) -> ActDone:
    """Move a path to a newer version. Raises what ``carry_out`` does.

    Among it UnusableEntry for a version that is not published, and VersionNotNewer, StepUnderWay
    and StepNeverDue.
    """

    async def prepare(connection: AsyncConnection, state: CaseState, _promise: Promise) -> MovePath:
        path = path_of(state, path_id)
        versions = await read_versions(connection, principal, path.pathway)
        if body.version not in versions:
            raise UnusableEntry("version", "unknown-version")
        born = await birth_dates_of(connection, [case_id])
        now = container.clock.now()
        return planned(principal, path, versions, body.version, born[case_id], now)

    request = CaseRequest.of(case_id, f"move-path {path_id}", body)
    send = by_id(container.engine.move_path)
    return await carry_out(container, principal, key, request, prepare, check_move, send)


def planned(
    principal: Principal,
    path: PathState,
    versions: Versions,
    version: int,
    birth_dates: Iterable[date],
    now: datetime,
) -> MovePath:
    """Return the act that moves a path, for a household with these birth dates."""
    facts = facts_of(birth_dates, local_day(now))
    to = path_on(path, versions[path.version], versions[version], facts)
    return MovePath(actor=principal, path_id=path.path_id, to=to)


def path_of(state: CaseState, path_id: UUID) -> PathState:
    """Return a path of the case. Raises NotFound if it has no such path."""
    for path in state.paths:
        if path.path_id == path_id:
            return path
    raise NotFound


async def read_versions(
    connection: AsyncConnection, principal: Principal, key: str
) -> dict[int, Pathway]:
    """Return every published version of a pathway, by its number."""
    published = await versions_of(connection, principal, key)
    return {one.pathway.version: one.pathway for one in published}


async def birth_dates_of(
    connection: AsyncConnection, case_ids: Iterable[UUID]
) -> dict[UUID, list[date]]:
    """Return the birth dates of everybody who is there in the households of these cases."""
    rows = await connection.execute(
        select(persons.c.case_id, persons.c.birth_date).where(
            persons.c.case_id.in_(case_ids), is_present()
        )
    )
    found: dict[UUID, list[date]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row.birth_date)
    return found
