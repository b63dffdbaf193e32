"""Starting workflows from what the ledger keeps: after a loss, a takeover, or a broken start."""

from collections.abc import Callable

from sqlalchemy import func, select

from service.database import Database
from service.engine.engine import Engine
from service.ledger.tables import workflow_states
from workflows.domain.case_state import CaseState
from workflows.domain.referral_state import ReferralState

AT_ONCE = 100


async def start_open_workflows(
    database: Database, engine: Engine, progress: Callable[[int, int], None]
) -> int:
    """Start every open workflow that does not run, and return how many were started.

    Cases come first, so that every referral finds its case. ``progress`` hears (done, total).
    """
    async with database.transaction() as connection:
        total = await connection.scalar(
            select(func.count()).select_from(workflow_states).where(workflow_states.c.is_open)
        )
    done = started = 0
    for kind in ("case", "referral"):
        last = ""
        while page := await _next_page(database, kind, last):
            for workflow_id, state in page:
                started += await _start(engine, kind, state)
                last = workflow_id
                done += 1
                progress(done, total or 0)
    return started


async def _next_page(database: Database, kind: str, after: str) -> list[tuple[str, object]]:
    query = (
        select(workflow_states.c.workflow_id, workflow_states.c.state)
        .where(
            workflow_states.c.is_open,
            workflow_states.c.kind == kind,
            workflow_states.c.workflow_id > after,
        )
        .order_by(workflow_states.c.workflow_id)
        .limit(AT_ONCE)
    )
    async with database.transaction() as connection:
        return [(row.workflow_id, row.state) for row in await connection.execute(query)]


async def _start(engine: Engine, kind: str, state: object) -> bool:
    if kind == "case":
        return await engine.start_case(CaseState.model_validate(state))
    return await engine.start_referral(ReferralState.model_validate(state))
