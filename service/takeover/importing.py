"""Taking cases over in portions: each portion is written whole, then its workflows start."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from service.bootstrap import Container
from service.calendar import read_calendar
from service.takeover.checking import against_the_rules
from service.takeover.door import take_over_all
from service.takeover.errors import NotTakenOver
from service.takeover.lists.cases import ListedCase
from service.takeover.lists.faults import Fault
from service.takeover.models import TakenOverCase
from service.takeover.starting import start_workflows
from service.takeover.tables import takeovers

PORTION = 50


async def import_cases(
    container: Container, cases: Sequence[ListedCase], progress: Callable[[int], None]
) -> list[Fault]:
    """Take over cases that were checked; return what was refused nevertheless.

    Interrupted, the same call goes on: what is here already stays as it is. ``progress`` hears
    how many more are done. Raises EngineUnavailable; a worker then starts what was written.
    """
    faults: list[Fault] = []
    for begin in range(0, len(cases), PORTION):
        portion = cases[begin : begin + PORTION]
        async with container.database.transaction() as connection:
            refused, _known = await write_portion(connection, portion, container.clock.now())
        faults += refused
        while await start_workflows(container.database, container.engine):
            pass
        progress(len(portion))
    return faults


async def write_portion(
    connection: AsyncConnection,
    portion: Sequence[ListedCase],
    now: datetime,
    list_id: UUID | None = None,
) -> tuple[list[Fault], int]:
    """Write some cases; return what was refused, and how many were here before.

    The workflows of the others are to be started afterwards.
    """
    stories = [listed.story for listed in portion]
    outcomes = await _take_over(connection, stories, now)
    rows = [
        {
            "office_id": listed.office,
            "reference": listed.reference,
            "case_id": outcome,
            "taken_over_at": now,
            "list_id": list_id,
            "started": False,
        }
        for listed, outcome in zip(portion, outcomes, strict=True)
        if not isinstance(outcome, NotTakenOver)
    ]
    refused = [
        against_the_rules(listed.rows[0])
        for listed, outcome in zip(portion, outcomes, strict=True)
        if isinstance(outcome, NotTakenOver)
    ]
    if not rows:
        return refused, 0
    new = insert(takeovers).values(rows).on_conflict_do_nothing().returning(takeovers.c.case_id)
    written = (await connection.scalars(new)).all()
    return refused, len(rows) - len(written)


async def _take_over(
    connection: AsyncConnection, stories: Sequence[TakenOverCase], now: datetime
) -> list[UUID | NotTakenOver]:
    """Take over all of them; one that the tables do not take stops only itself."""
    try:
        async with connection.begin_nested():
            return await take_over_all(connection, await read_calendar(connection), stories, now)
    except (DataError, IntegrityError):
        if len(stories) == 1:
            return [NotTakenOver("The tables do not take it.")]
        return [
            outcome for story in stories for outcome in await _take_over(connection, [story], now)
        ]
