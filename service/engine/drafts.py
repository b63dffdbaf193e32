"""Drafts: cases that were written down, but whose workflow was not started before a crash."""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import select

from service.bootstrap import Container
from service.database import Database
from service.engine.engine import Engine, EngineUnavailable
from service.ledger.tables import workflow_states
from workflows.domain.case_state import CaseState

SECONDS_BETWEEN_LOOKS = 20.0
OLD_ENOUGH = timedelta(seconds=30)

log = logging.getLogger(__name__)


async def sweep_drafts(container: Container) -> None:
    """Start forgotten drafts until cancelled."""
    while True:
        try:
            started = await start_forgotten_drafts(
                container.database, container.engine, container.clock.now()
            )
            if started:
                log.info("started %d drafted cases", started)
        except EngineUnavailable:
            log.warning("the engine does not answer: drafts wait")
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
    async with database.transaction() as connection:
        drafts = list(await connection.scalars(query))
    for draft in drafts:
        await engine.open_case(CaseState.model_validate(draft))
    return len(drafts)
