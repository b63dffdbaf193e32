"""The queries that read how long real paths took: figures of all offices, and nobody's name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, cast, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import cases, paths, steps
from service.ledger.tables import events
from service.pathways.tables import pathway_versions
from service.referrals.tables import clock_spans, referrals
from service.rehearsal.observed import ObservedPath, ObservedStep, Stretch
from workflows.domain.case_steps import FINISHED
from workflows.domain.clocks import Party
from workflows.domain.joins import After, PassedOver
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import Status, StepStatus

REHEARSES = frozenset({Role.COORDINATOR})
"""Who sees how long the paths of all offices took, as figures."""

MOST_PATHS = 500
"""So many of the latest paths are looked at."""

MOST_FINISHED = 100
"""So many finished paths of one pathway are rehearsed on."""

_UNANSWERED = frozenset({Status.REQUESTED, Status.RECEIVED})
_BACK = frozenset({Status.REJECTED, Status.FAILED})
_AFTERWARDS = frozenset({Status.COMPLETED})

Joins = Mapping[tuple[str, int], Mapping[str, After]]
"""After what each step begins, by pathway and version."""


async def observed_paths(
    connection: AsyncConnection, principal: Principal, key: str
) -> list[ObservedPath]:
    """Return the latest paths on which a step is done, of all offices. Five queries.

    With them the latest finished ones of the pathway ``key``, however old they are.
    Raises PermissionError for everybody but the coordination.
    """
    if principal.role not in REHEARSES:
        raise PermissionError("Only the coordination rehearses pathways.")
    latest = await connection.execute(_paths().limit(MOST_PATHS))
    of_pathway = (paths.c.pathway == key, ~_is_under_way())
    finished = await connection.execute(_paths().where(*of_pathway).limit(MOST_FINISHED))
    found = list({row.id: row for row in (*finished, *latest)}.values())
    ids = [row.id for row in found]
    steps_of = await _by_path(connection, _steps_of(ids))
    spans_of = await _by_path(connection, _spans_of(ids))
    joins = await _joins(connection, found)
    return [
        _observed(row, steps_of[row.id], spans_of[row.id], joins[row.pathway, row.version])
        for row in found
    ]


def _is_under_way() -> ColumnElement[bool]:
    return exists().where(steps.c.path_id == paths.c.id, steps.c.status.not_in(FINISHED))


def _paths() -> Select[Any]:
    """Ask for the paths on which a step is done, the latest first."""
    some_step_is_done = exists().where(
        steps.c.path_id == paths.c.id, steps.c.status == StepStatus.DONE
    )
    started = (
        select(events.c.at)
        .where(
            events.c.case_id == paths.c.case_id,
            events.c.action == "start-path",
            events.c.details["path_id"].astext == cast(paths.c.id, Text),
        )
        .scalar_subquery()
    )
    return (
        select(
            paths.c.id,
            paths.c.pathway,
            paths.c.version,
            func.coalesce(started, cases.c.opened_at).label("began_at"),
        )
        .join(cases, cases.c.id == paths.c.case_id)
        .where(some_step_is_done)
        .order_by(cases.c.opened_at.desc(), paths.c.id)
    )


def _steps_of(path_ids: Iterable[UUID]) -> Select[Any]:
    of_these = steps.c.path_id.in_(path_ids)
    return select(steps.c.path_id, steps.c.key, steps.c.legal_area, steps.c.status).where(of_these)


def _spans_of(path_ids: Iterable[UUID]) -> Select[Any]:
    """Ask for the stretches of all clocks of the steps' referrals, in the order of time."""
    return (
        select(
            referrals.c.path_id,
            referrals.c.step,
            referrals.c.opened_at,
            clock_spans.c.party,
            clock_spans.c.status,
            clock_spans.c.since,
            clock_spans.c.until,
        )
        .join(clock_spans, clock_spans.c.referral_id == referrals.c.id)
        .where(referrals.c.path_id.in_(path_ids))
        .order_by(clock_spans.c.since, clock_spans.c.until)
    )


async def _by_path(connection: AsyncConnection, query: Select[Any]) -> dict[UUID, list[Row[Any]]]:
    found: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in await connection.execute(query):
        found[row.path_id].append(row)
    return found


async def _joins(connection: AsyncConnection, found: Iterable[Row[Any]]) -> Joins:
    """Return after what the steps of these paths begin."""
    versions = {(row.pathway, row.version) for row in found}
    rows = await connection.execute(
        select(
            pathway_versions.c.key, pathway_versions.c.version, pathway_versions.c.definition
        ).where(tuple_(pathway_versions.c.key, pathway_versions.c.version).in_(versions))
    )
    return {
        (row.key, row.version): {
            step.key: step.after for step in Pathway.model_validate(row.definition).steps
        }
        for row in rows
    }


def _observed(
    path: Row[Any],
    its_steps: Sequence[Row[Any]],
    spans: Sequence[Row[Any]],
    joins: Mapping[str, After],
) -> ObservedPath:
    of_step: dict[str, list[Row[Any]]] = defaultdict(list)
    for span in spans:
        of_step[span.step].append(span)
    done_at = {
        step.key: max(span.until for span in of_step[step.key] if span.status not in _AFTERWARDS)
        for step in its_steps
        if step.status == StepStatus.DONE and of_step[step.key]
    }
    passed_over = [
        PassedOver(key=key, after=after) for key, after in joins.items() if key not in done_at
    ]
    return ObservedPath(
        pathway=path.pathway,
        began_at=path.began_at,
        is_finished=all(step.status in FINISHED for step in its_steps),
        steps={
            step.key: _observed_step(
                step.legal_area,
                of_step[step.key],
                _due_at(path.began_at, joins.get(step.key, After()), done_at, passed_over),
            )
            for step in its_steps
            if step.key in done_at
        },
    )


def _due_at(
    began_at: datetime,
    after: After,
    done_at: Mapping[str, datetime],
    passed_over: Sequence[PassedOver],
) -> datetime:
    """Return when a step's turn came: at the path's start, or when its join was met."""
    done: list[str] = []
    for key, at in sorted(done_at.items(), key=itemgetter(1)):
        if after.met_by(done, passed_over):
            break
        done.append(key)
        began_at = at
    return began_at


def _observed_step(legal_area: str, spans: Sequence[Row[Any]], due_at: datetime) -> ObservedStep:
    def stretches(party: Party, statuses: AbstractSet[str]) -> tuple[Stretch, ...]:
        return tuple(
            (span.since, span.until)
            for span in spans
            if span.party == party and span.status in statuses
        )

    back = stretches(Party.SENDER, _BACK)
    first_sent_at = min(span.opened_at for span in spans)
    return ObservedStep(
        legal_area=legal_area,
        send=((due_at, max(first_sent_at, due_at)), *back),
        respond=stretches(Party.RECEIVER, _UNANSWERED),
        accepted=stretches(Party.RECEIVER, {Status.ACCEPTED}),
        effect=stretches(Party.RECEIVER, {Status.IN_PROGRESS}),
        confirm=stretches(Party.CLIENT, {Status.COMPLETED}),
        refused=len(back),
    )
