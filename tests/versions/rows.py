"""What stands in the tables of a case, to be compared before and after."""

from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from service.cases.tables import cases, consents, paths, steps
from service.gaps.tables import gaps
from service.ledger.tables import events, workflow_states
from service.referrals.tables import access, clock_spans, referrals
from tests.world import World
from workflows.domain.case_state import CaseState, PathState
from workflows.names import case_workflow_id

OF_CASES: tuple[Table, ...] = (paths, steps, consents, referrals, events, gaps, access)

Rows = dict[str, list[tuple[Any, ...]]]


async def rows_of(world: World, case_id: UUID) -> Rows:
    """Return every row of the case, by table, with the states from which it would start again."""
    async with world.container.database.transaction() as connection:
        found = {
            table.name: (
                await connection.execute(select(table).where(table.c.case_id == case_id))
            ).all()
            for table in OF_CASES
        }
        sent = [row.id for row in found["referrals"]]
        found["cases"] = (
            await connection.execute(select(cases).where(cases.c.id == case_id))
        ).all()
        found["clock_spans"] = (
            await connection.execute(select(clock_spans).where(clock_spans.c.referral_id.in_(sent)))
        ).all()
        workflows = [case_workflow_id(case_id), *(f"referral-{one}" for one in sent)]
        found["workflow_states"] = (
            await connection.execute(
                select(workflow_states).where(workflow_states.c.workflow_id.in_(workflows))
            )
        ).all()
    return {name: sorted(map(tuple, rows), key=str) for name, rows in found.items()}


async def state_of(world: World, case_id: UUID) -> CaseState:
    """Return the state of the case as it was last written."""
    async with world.container.database.transaction() as connection:
        state = await connection.scalar(
            select(workflow_states.c.state).where(
                workflow_states.c.workflow_id == case_workflow_id(case_id)
            )
        )
    return CaseState.model_validate(state)


async def path_of(world: World, case_id: UUID) -> PathState:
    """Return the only path of the case."""
    [path] = (await state_of(world, case_id)).paths
    return path


async def versions_of_steps(world: World, case_id: UUID) -> dict[str, int]:
    """Return the version that describes each step of the case, in the order of the path."""
    async with world.container.database.transaction() as connection:
        rows = await connection.execute(
            select(steps.c.key, steps.c.version)
            .where(steps.c.case_id == case_id)
            .order_by(steps.c.position)
        )
        return {row.key: row.version for row in rows}
