"""Starting the workflows of cases that were taken over, many at once."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.database import Database
from service.engine.engine import Engine, EngineUnavailable, WorkflowGone
from service.ledger.tables import workflow_states
from service.referrals.tables import referrals
from service.takeover.tables import takeovers
from workflows.domain.case_state import CaseState
from workflows.domain.referral_state import ReferralState
from workflows.names import case_workflow_id, referral_workflow_id

PORTION = 50
AT_ONCE = 16
"""More requests at once only queue up in the engine."""

log = logging.getLogger(__name__)


async def start_workflows(database: Database, engine: Engine) -> int:
    """Start some that wait; return how many cases run now. Cases come before their referrals.

    What runs already is left alone. One that cannot be started does not hold up the others.
    Raises EngineUnavailable if none could be: then they wait for the next time.
    """
    async with database.transaction() as connection:
        waiting = await _waiting(connection)
        states = await _states(connection, waiting)
        gate = asyncio.Semaphore(AT_ONCE)
        outcomes = await asyncio.gather(
            *(_start(gate, engine, case_id, rows) for case_id, rows in states.items())
        )
        started = [case_id for case_id in outcomes if case_id]
        if started:
            await connection.execute(
                update(takeovers).where(takeovers.c.case_id.in_(started)).values(started=True)
            )
    if waiting and not started:
        raise EngineUnavailable
    return len(started)


async def _start(
    gate: asyncio.Semaphore, engine: Engine, case_id: UUID, states: Sequence[Row[Any]]
) -> UUID | None:
    """Start a case and its referrals; return its id, or None if it has to wait.

    A state that cannot be read any more is logged and left for ``nahtlos engine rebuild``.
    """
    async with gate:
        try:
            for row in states:
                if row.kind == "case":
                    await engine.start_case(CaseState.model_validate(row.state))
                else:
                    await engine.start_referral(ReferralState.model_validate(row.state), None)
        except ValidationError:
            log.exception("the state of %s cannot be read", case_id)
        except (EngineUnavailable, WorkflowGone):
            return None
    return case_id


async def _waiting(connection: AsyncConnection) -> Sequence[UUID]:
    """Return cases that wait; another process that is at it has its own."""
    found = await connection.scalars(
        select(takeovers.c.case_id)
        .where(takeovers.c.started.is_(False))
        .order_by(takeovers.c.taken_over_at)
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    return found.all()


async def _states(
    connection: AsyncConnection, case_ids: Sequence[UUID]
) -> dict[UUID, list[Row[Any]]]:
    """Return the states of each case and of its referrals, as far as they are open."""
    case_of = {case_workflow_id(case_id): case_id for case_id in case_ids}
    sent = await connection.execute(
        select(referrals.c.id, referrals.c.case_id).where(referrals.c.case_id.in_(case_ids))
    )
    case_of |= {referral_workflow_id(row.id): row.case_id for row in sent}
    found = await connection.execute(
        select(workflow_states)
        .where(workflow_states.c.workflow_id.in_(case_of), workflow_states.c.is_open)
        .order_by(workflow_states.c.kind)  # "case" comes before "referral"
    )
    states: dict[UUID, list[Row[Any]]] = {case_id: [] for case_id in case_ids}
    for row in found:
        states[case_of[row.workflow_id]].append(row)
    return states
