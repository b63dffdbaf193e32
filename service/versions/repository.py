"""The queries of the paths that run: an office's on earlier versions, which supervisors see.

The coordination sees how many there are in all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.access import sees_case
from service.accounts.tables import users
from service.cases.tables import cases, paths, persons, steps
from service.ledger.tables import workflow_states
from service.pathways.repository import check_edits
from service.pathways.tables import pathway_versions
from service.versions.moving import birth_dates_of
from workflows.domain.case_state import CaseState
from workflows.domain.case_steps import FINISHED
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import CaseStatus
from workflows.names import case_workflow_id


@dataclass(frozen=True)
class OfficePath:
    """A path of an open case of the office. ``subject``: whom it is for, by name."""

    id: UUID
    case_id: UUID
    subject: str
    is_for_all: bool
    case_manager: str


@dataclass(frozen=True)
class PathOnEarlier:
    """A path that runs on an earlier version, with what a preview of its move needs."""

    path: OfficePath
    state: CaseState
    birth_dates: list[date]


async def count_on_earlier(
    connection: AsyncConnection, principal: Principal, now: datetime
) -> dict[str, int]:
    """Count the office's running paths that are not on the newest version, by pathway."""
    later = pathway_versions.alias("later")
    rows = await connection.execute(
        select(paths.c.pathway, func.count().label("number"))
        .select_from(paths)
        .join(cases, cases.c.id == paths.c.case_id)
        .where(
            *_running(principal, now),
            exists().where(later.c.key == paths.c.pathway, later.c.version > paths.c.version),
        )
        .group_by(paths.c.pathway)
    )
    return {row.pathway: row.number for row in rows}


async def count_running(connection: AsyncConnection, principal: Principal, pathway: str) -> int:
    """Count the running paths of a pathway in all offices. Raises PermissionError."""
    check_edits(principal)
    return (
        await connection.scalar(
            select(func.count())
            .select_from(paths)
            .join(cases, cases.c.id == paths.c.case_id)
            .where(paths.c.pathway == pathway, *_something_left())
        )
        or 0
    )


async def paths_on_earlier(
    connection: AsyncConnection,
    principal: Principal,
    now: datetime,
    pathway: str,
    version: int,
    *,
    limit: int,
) -> list[PathOnEarlier]:
    """Return the office's running paths on versions before this one, the oldest case first.

    Three queries, however many there are.
    """
    older = (paths.c.pathway == pathway, paths.c.version < version)
    found = await _read(connection, (*_running(principal, now), *older), limit)
    case_ids = {path.case_id for path in found}
    states = await _states_of(connection, case_ids)
    born = await birth_dates_of(connection, case_ids)
    return [PathOnEarlier(path, states[path.case_id], born[path.case_id]) for path in found]


async def office_paths(
    connection: AsyncConnection, principal: Principal, now: datetime, path_ids: Iterable[UUID]
) -> list[OfficePath]:
    """Return those of these paths that belong to the office, whatever version they are on."""
    these = paths.c.id.in_(path_ids)
    return await _read(connection, (*_of_the_office(principal, now), these))


async def _read(
    connection: AsyncConnection, which: Iterable[ColumnElement[bool]], limit: int | None = None
) -> list[OfficePath]:
    whom_it_is_for = and_(
        persons.c.case_id == paths.c.case_id,
        or_(
            persons.c.id == paths.c.member_id,
            paths.c.member_id.is_(None) & persons.c.names_case,
        ),
    )
    rows = await connection.execute(
        select(
            paths.c.id,
            paths.c.case_id,
            (persons.c.given_name + " " + persons.c.family_name).label("subject"),
            paths.c.member_id.is_(None).label("is_for_all"),
            users.c.display_name.label("case_manager"),
        )
        .join(cases, cases.c.id == paths.c.case_id)
        .join(users, users.c.id == cases.c.case_manager_id)
        .join(persons, whom_it_is_for)
        .where(*which)
        .order_by(cases.c.opened_at, paths.c.id)
        .limit(limit)
    )
    return [OfficePath(**row._mapping) for row in rows]  # noqa: SLF001 - its public name


async def _states_of(
    connection: AsyncConnection, case_ids: Iterable[UUID]
) -> dict[UUID, CaseState]:
    workflow_ids = [case_workflow_id(case_id) for case_id in case_ids]
    found = await connection.scalars(
        select(workflow_states.c.state).where(workflow_states.c.workflow_id.in_(workflow_ids))
    )
    states = [CaseState.model_validate(state) for state in found]
    return {state.case_id: state for state in states}


def _running(principal: Principal, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the condition for the office's paths on which something is left to do."""
    return (*_of_the_office(principal, now), *_something_left())


def _something_left() -> tuple[ColumnElement[bool], ...]:
    left = exists().where(steps.c.path_id == paths.c.id, steps.c.status.not_in(FINISHED))
    return (cases.c.status == CaseStatus.OPEN, left)


def _of_the_office(principal: Principal, now: datetime) -> tuple[ColumnElement[bool], ...]:
    if principal.role is not Role.SUPERVISOR:
        return (false(),)
    return (cases.c.office_id == principal.agency_id, sees_case(principal, now, cases.c.id))
