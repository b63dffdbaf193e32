"""Starting the workflows of cases that were taken over, many at once."""

import asyncio
from collections.abc import Awaitable, Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.database import Database
from service.engine.engine import Engine
from service.ledger.tables import workflow_states
from service.referrals.tables import referrals
from service.takeover.tables import takeovers
from workflows.domain.case_state import CaseState
from workflows.domain.referral_state import ReferralState
from workflows.names import case_workflow_id, referral_workflow_id

PORTION = 50
AT_ONCE = 16
"""More requests at once only queue up in the engine."""


async def start_workflows(database: Database, engine: Engine) -> int:
    """Start some that wait; return how many cases run now. Cases come before their referrals.

    What runs already is left alone. Raises EngineUnavailable: then they wait for the next time.
    """
    async with database.transaction() as connection:
        waiting = await _waiting(connection)
        if not waiting:
            return 0
        gate = asyncio.Semaphore(AT_ONCE)
        await _each(gate, [engine.start_case(state) for state in await _cases(connection, waiting)])
        await _each(
            gate,
            [engine.start_referral(state, None) for state in await _referrals(connection, waiting)],
        )
        await connection.execute(
            update(takeovers).where(takeovers.c.case_id.in_(waiting)).values(started=True)
        )
    return len(waiting)


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


async def _cases(connection: AsyncConnection, case_ids: Sequence[UUID]) -> list[CaseState]:
    states = await connection.scalars(
        select(workflow_states.c.state).where(
            workflow_states.c.workflow_id.in_([case_workflow_id(one) for one in case_ids]),
            workflow_states.c.is_open,
        )
    )
    return [CaseState.model_validate(state) for state in states]


async def _referrals(connection: AsyncConnection, case_ids: Sequence[UUID]) -> list[ReferralState]:
    sent = await connection.scalars(select(referrals.c.id).where(referrals.c.case_id.in_(case_ids)))
    states = await connection.scalars(
        select(workflow_states.c.state).where(
            workflow_states.c.workflow_id.in_([referral_workflow_id(one) for one in sent]),
            workflow_states.c.is_open,
        )
    )
    return [ReferralState.model_validate(state) for state in states]


async def _each(gate: asyncio.Semaphore, starts: Sequence[Awaitable[bool]]) -> None:
    async def one(start: Awaitable[bool]) -> None:
        async with gate:
            await start

    answers = await asyncio.gather(*(one(start) for start in starts), return_exceptions=True)
    for answer in answers:
        if answer is not None:
            raise answer
