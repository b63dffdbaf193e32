"""Very many open cases, each with a referral that waits: through the door for takeovers.

Their rows are written by the door, their workflows started from the ledger's states, as
``nahtlos engine rebuild`` does, several at once.
"""

import asyncio
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import psutil
from sqlalchemy import select
from uuid_utils.compat import uuid7

from service.calendar import read_calendar
from service.cases.schemas import NewMember
from service.ledger.tables import workflow_states
from service.referrals.tables import referrals
from service.takeover.door import take_over_all
from service.takeover.errors import NotTakenOver
from service.takeover.models import StartedPath, TakenOverCase
from tests.bench.stage import Stage
from tests.world import PADERBORN, STATUTE
from workflows.domain.case_state import CaseState
from workflows.domain.referral_state import ReferralState
from workflows.names import case_workflow_id, referral_workflow_id

IN_ONE_TRANSACTION = 100
AT_ONCE = 16
IDLE = 0.04  # of a core
LOOK_EVERY = 2.0  # seconds


async def take_over_cases(stage: Stage, many: int, at: datetime, pathway: str) -> list[UUID]:
    """Write cases with a referral each, opened and sent at ``at`` (UTC); return their ids."""
    written: list[UUID] = []
    while len(written) < many:
        cases = [_case(at, pathway) for _ in range(min(IN_ONE_TRANSACTION, many - len(written)))]
        async with stage.container.database.transaction() as connection:
            calendar = await read_calendar(connection)
            for outcome in await take_over_all(connection, calendar, cases, at):
                if isinstance(outcome, NotTakenOver):
                    raise outcome
                written.append(outcome)
    return written


async def start_workflows(stage: Stage, case_ids: Iterable[UUID]) -> None:
    """Start the workflow of each case, and then of its referral, several at once."""
    waiting = list(case_ids)

    async def one_after_the_other() -> None:
        while waiting:
            await _start(stage, waiting.pop())

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


async def until_idle(stage: Stage) -> None:
    """Wait until worker and engine have nothing to do any more."""
    watched = [psutil.Process(stage.processes["worker"].pid), stage.servers.child("temporal")]
    for process in watched:
        process.cpu_percent()
    while True:
        await asyncio.sleep(LOOK_EVERY)
        if max([process.cpu_percent() for process in watched]) < IDLE * 100:
            return


async def _start(stage: Stage, case_id: UUID) -> None:
    engine = stage.container.engine
    async with stage.container.database.transaction() as connection:
        referral_id = (
            await connection.execute(select(referrals.c.id).where(referrals.c.case_id == case_id))
        ).scalar_one()
        names = (case_workflow_id(case_id), referral_workflow_id(referral_id))
        found = await connection.execute(
            select(workflow_states.c.workflow_id, workflow_states.c.state).where(
                workflow_states.c.workflow_id.in_(names)
            )
        )
        states = {row.workflow_id: row.state for row in found}
    await engine.start_case(CaseState.model_validate(states[names[0]]))
    await engine.start_referral(ReferralState.model_validate(states[names[1]]), None)


def _case(at: datetime, pathway: str) -> TakenOverCase:
    request = {"action": "refer", "at": at, "actor": "anna", "step": "job-centre"}
    return TakenOverCase.model_validate(
        {
            "source": "bench",
            "external_id": str(uuid7()),
            "municipality": PADERBORN,
            "office": "office-a",
            "case_manager": "anna",
            "opened_at": at,
            "household": [
                NewMember(given_name="Mariam", family_name="Haddad", birth_date=date(1990, 5, 4))
            ],
            "paths": [StartedPath(pathway=pathway, member=0)],
            "acts": [request | {"agency": "receiver", "statute": STATUTE}],
        }
    )
