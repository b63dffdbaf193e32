"""Starting workflows from what the ledger keeps: after a loss, a takeover, or a broken start."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import cases, steps
from service.database import Database
from service.engine.engine import Engine
from service.ledger.tables import workflow_states
from service.referrals.tables import referrals
from workflows.domain.case_acts import ReferralMoved
from workflows.domain.case_news import late_settlement
from workflows.domain.case_state import CaseState
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import WITH_AN_AGENCY, CaseStatus

PAGE = 100

log = logging.getLogger(__name__)


async def start_open_workflows(
    database: Database, engine: Engine, progress: Callable[[int, int], None]
) -> int:
    """Start every workflow that has something to do and does not run; return how many.

    Cases come first, so that every referral finds its case. A referral says where it stands when
    it starts; so one that has ended is started too, as long as its step does not know of it.
    ``progress`` hears (done, total).
    """
    async with database.transaction() as connection:
        total = await _count(connection, _open_cases()) + await _count(
            connection, _referrals_with_something_to_do()
        )
    done = started = 0
    for query, start in (
        (_open_cases(), _start_case),
        (_referrals_with_something_to_do(), _start_referral),
    ):
        last = UUID(int=0)
        while page := await _next_page(database, query, last):
            for row in page:
                started += await _started(start, engine, row)
                last = row.id
                done += 1
                progress(done, total)
    return started


async def _started(
    start: Callable[[Engine, Row[Any]], Awaitable[bool]], engine: Engine, row: Row[Any]
) -> bool:
    """Start one; a state that cannot be read is logged and does not hold up the others."""
    try:
        return await start(engine, row)
    except ValidationError:
        log.exception("the state of %s cannot be read", row.id)
        return False


async def _start_case(engine: Engine, row: Row[Any]) -> bool:
    return await engine.start_case(CaseState.model_validate(row.state))


async def _start_referral(engine: Engine, row: Row[Any]) -> bool:
    """Start a referral. One whose case is closed hears from here how it ended."""
    state, case = ReferralState.model_validate(row.state), CaseState.model_validate(row.case_state)
    settlement = None
    if case.status is CaseStatus.CLOSED:
        settlement = late_settlement(case, ReferralMoved.of(state))
    return await engine.start_referral(state, settlement)


def _open_cases() -> Select[Any]:
    return (
        select(cases.c.id, workflow_states.c.state)
        .join(workflow_states, workflow_states.c.workflow_id == _workflow_id("case", cases.c.id))
        .where(workflow_states.c.is_open)
        .order_by(cases.c.id)
    )


def _referrals_with_something_to_do() -> Select[Any]:
    workflow_id = _workflow_id("referral", referrals.c.id)
    case_states = workflow_states.alias("case_states")
    return (
        select(
            referrals.c.id,
            workflow_states.c.state,
            case_states.c.state.label("case_state"),
        )
        .join(workflow_states, workflow_states.c.workflow_id == workflow_id)
        .join(case_states, case_states.c.workflow_id == _workflow_id("case", referrals.c.case_id))
        .outerjoin(
            steps,
            (steps.c.path_id == referrals.c.path_id)
            & (steps.c.key == referrals.c.step)
            & (steps.c.referral_id == referrals.c.id),
        )
        .where(or_(workflow_states.c.is_open, steps.c.status.in_(WITH_AN_AGENCY)))
        .order_by(referrals.c.id)
    )


def _workflow_id(kind: str, subject: ColumnElement[UUID]) -> ColumnElement[str]:
    return func.concat(f"{kind}-", subject)


async def _count(connection: AsyncConnection, query: Select[Any]) -> int:
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return (await connection.execute(counted)).scalar_one()


async def _next_page(database: Database, query: Select[Any], after: UUID) -> list[Row[Any]]:
    subject = query.selected_columns["id"]
    async with database.transaction() as connection:
        page = await connection.execute(query.where(subject > after).limit(PAGE))
        return list(page)
