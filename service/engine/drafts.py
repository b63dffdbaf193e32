"""Drafts: cases that were written down, but whose workflow was not started before a crash."""

import asyncio
import logging
from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import select

from service.bootstrap import Container
from service.cases.not_taken_in import forget_people_not_taken_in
from service.database import Database
from service.engine.engine import Engine, EngineUnavailable, WorkflowGone
from service.ledger.tables import workflow_states
from workflows.domain.case_state import CaseState

SECONDS_BETWEEN_LOOKS = 20.0
OLD_ENOUGH = timedelta(seconds=30)
AT_ONCE = 100

log = logging.getLogger(__name__)


async def sweep_drafts(container: Container) -> None:
    """Start forgotten drafts until cancelled; delete people who were drafted and not taken in."""
    while True:
        try:
            started = await start_forgotten_drafts(
                container.database, container.engine, container.clock.now()
            )
            if started:
                log.info("started %d drafted cases", started)
            await forget_people_not_taken_in(container.database, container.clock.now())
        except Exception as error:  # noqa: BLE001 - the database may be away for a while
            log.warning("drafts wait: %s", type(error).__name__)
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)


async def start_forgotten_drafts(database: Database, engine: Engine, now: datetime) -> int:
    """Start every draft that has waited too long at ``now`` (UTC); return how many."""
    query = select(workflow_states.c.state).where(
        workflow_states.c.is_open,
        workflow_states.c.kind == "case",
        workflow_states.c.seq == 0,
        workflow_states.c.written_at < now - OLD_ENOUGH,
    )
    query = query.order_by(workflow_states.c.written_at).limit(AT_ONCE)
    async with database.transaction() as connection:
        drafts = list(await connection.scalars(query))
    return sum([await _opened(engine, draft) for draft in drafts])


async def _opened(engine: Engine, draft: object) -> bool:
    """Open one draft; one that cannot be opened does not keep the others waiting."""
    try:
        await engine.open_case(CaseState.model_validate(draft))
    except ValidationError:
        log.exception("a draft cannot be read")
        return False
    except (EngineUnavailable, WorkflowGone):
        log.warning("a draft was not opened; it is tried again")
        return False
    return True
