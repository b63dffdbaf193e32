"""Lists that somebody started are taken over here, in the worker, whatever happens to the web.

Each portion is one transaction: its cases are written and leave the staged rows together.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Row, delete, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from service.bootstrap import Container
from service.database import Database
from service.takeover.checking import against_the_rules
from service.takeover.importing import PORTION, write_portion
from service.takeover.lists.cases import ListedCase
from service.takeover.models import TakenOverCase
from service.takeover.repository import as_json, is_waiting
from service.takeover.starting import start_workflows
from service.takeover.tables import takeover_cases, takeover_lists

SECONDS_BETWEEN_LOOKS = 2.0
CHECKED_LISTS_STAY = timedelta(days=1)
"""A list that nobody starts holds names: it goes after a day. Storage: Art. 5(1)(e) GDPR."""
REPORTS_STAY = timedelta(days=7)
"""So long what was left out can be read again."""

log = logging.getLogger(__name__)


async def carry_on_takeovers(container: Container) -> None:
    """Take over what was started, until cancelled."""
    while True:
        worked = False
        try:
            worked = await take_over_some(container)
        except Exception as error:  # noqa: BLE001 - database or engine may be away for a while
            log.warning("a takeover waits: %s", type(error).__name__)
        if not worked:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)


async def take_over_some(container: Container) -> bool:
    """Write one portion, start what waits, tidy up. True: there may be more to do at once."""
    now = container.clock.now()
    async with container.database.transaction() as connection:
        written = await _write_some(connection, now)
    if not written:
        await _tidy_up(container.database, now)
    started = await start_workflows(container.database, container.engine)
    if written or started:
        log.info("took over %d cases, started %d", written, started)
    return bool(written or started)


async def _write_some(connection: AsyncConnection, now: datetime) -> int:
    staged = await _some_staged(connection)
    for list_id, rows in groupby(staged, key=lambda row: row.list_id):
        of_list = list(rows)
        portion = [listed for row in of_list if (listed := _listed(row))]
        faults, known = await write_portion(connection, portion, now, list_id)
        readable = {listed.rows for listed in portion}
        faults += [
            against_the_rules(row.first_row) for row in of_list if (row.first_row,) not in readable
        ]
        if faults or known:
            new = literal([as_json(fault) for fault in faults], JSONB)
            await connection.execute(
                update(takeover_lists)
                .where(takeover_lists.c.id == list_id)
                .values(
                    report=takeover_lists.c.report.concat(new),
                    known=takeover_lists.c.known + known,
                )
            )
        await connection.execute(
            delete(takeover_cases).where(
                takeover_cases.c.list_id == list_id,
                takeover_cases.c.position.in_([row.position for row in of_list]),
            )
        )
    return len(staged)


async def _some_staged(connection: AsyncConnection) -> list[Row[Any]]:
    """Return some cases of lists that were started; other workers have their own."""
    rows = await connection.execute(
        select(takeover_cases, takeover_lists.c.office_id)
        .join(takeover_lists, takeover_lists.c.id == takeover_cases.c.list_id)
        .where(takeover_lists.c.started_at.is_not(None))
        .order_by(takeover_lists.c.started_at, takeover_cases.c.list_id, takeover_cases.c.position)
        .limit(PORTION)
        .with_for_update(of=takeover_cases, skip_locked=True)
    )
    return list(rows)


def _listed(row: Row[Any]) -> ListedCase | None:
    """Return the case; None for one that was staged before an upgrade and is read no more."""
    try:
        story = TakenOverCase.model_validate(row.story)
    except ValidationError:
        return None
    return ListedCase((row.first_row,), row.office_id, row.reference, story)


async def _tidy_up(database: Database, now: datetime) -> None:
    """Mark what is done, and delete what is not needed any more."""
    async with database.transaction() as connection:
        await connection.execute(
            update(takeover_lists)
            .where(
                takeover_lists.c.started_at.is_not(None),
                takeover_lists.c.done_at.is_(None),
                ~is_waiting(takeover_lists.c.id),
            )
            .values(done_at=now)
        )
        await connection.execute(
            delete(takeover_lists).where(
                (takeover_lists.c.done_at < now - REPORTS_STAY)
                | (
                    takeover_lists.c.started_at.is_(None)
                    & (takeover_lists.c.uploaded_at < now - CHECKED_LISTS_STAY)
                )
            )
        )
