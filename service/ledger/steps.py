"""Steps as the pages read them: the case writes where they stand, the referral whose clock runs."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, tuple_, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import paths, steps
from service.ledger.rows import Row, row_of_step, row_of_step_clock
from workflows.domain.case_state import CaseEvent, CaseState
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import CaseStatus, StepStatus

CLOCK = frozenset({"clock_party", "clock_since", "clock_due_at", "clock_seq"})


async def write_steps(connection: AsyncConnection, state: CaseState) -> None:
    """Write a case's steps; the clock of one that was sent on stays as its referral wrote it."""
    of_the_office: list[Row] = []
    of_referrals: list[Row] = []
    for path in state.paths:
        for step in path.steps:
            is_theirs = step.has_the_referrals_clock and state.status is not CaseStatus.CLOSED
            rows = of_referrals if is_theirs else of_the_office
            rows.append(row_of_step(state, path, step))
    if of_the_office:
        await connection.execute(_WRITE_STEP, of_the_office)
    if of_referrals:
        await connection.execute(_WRITE_STEP_BUT_ITS_CLOCK, of_referrals)


async def write_moved_path(connection: AsyncConnection, state: CaseState, event: CaseEvent) -> None:
    """Write the version that a path was moved to; the steps that it has no more vanish."""
    path = next(path for path in state.paths if path.path_id == event.path_id)
    here = {"of_path": path.path_id}
    await connection.execute(_WRITE_VERSION, here | {"version": path.version})
    await connection.execute(_DELETE_OTHERS, here | {"keys": [step.key for step in path.steps]})


async def write_step_clocks(connection: AsyncConnection, states: Iterable[ReferralState]) -> None:
    """Give steps the clocks of their referrals, unless they are elsewhere or left out by now."""
    await connection.execute(_WRITE_CLOCK, [row_of_step_clock(state) for state in states])


def _write_step(*, clock: bool) -> Insert:
    """Return what writes a step; one that has not changed is left alone."""
    statement = insert(steps)
    names = [column.name for column in steps.columns if not column.primary_key]
    new = {name: statement.excluded[name] for name in names if clock or name not in CLOCK}
    old = tuple_(*(steps.c[name] for name in new))
    return statement.on_conflict_do_update(
        index_elements=["path_id", "key"],
        set_=new,
        where=old.is_distinct_from(tuple_(*new.values())),
    )


# Built once: putting a statement together costs more than sending it.
_WRITE_STEP = _write_step(clock=True)
_WRITE_STEP_BUT_ITS_CLOCK = _write_step(clock=False)
_WRITE_VERSION = (
    update(paths).where(paths.c.id == bindparam("of_path")).values(version=bindparam("version"))
)
_DELETE_OTHERS = delete(steps).where(
    steps.c.path_id == bindparam("of_path"), steps.c.key.not_in(bindparam("keys", expanding=True))
)
_WRITE_CLOCK = (
    update(steps)
    .where(
        steps.c.path_id == bindparam("of_path"),
        steps.c.key == bindparam("of_step"),
        steps.c.referral_id == bindparam("of_referral"),
        steps.c.status != StepStatus.WAIVED,
    )
    .values({name: bindparam(name) for name in CLOCK})
)
