"""Steps as the pages read them: the case writes where they stand, the referral whose clock runs."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from sqlalchemy import ColumnElement, Update, bindparam, case, or_, tuple_, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import steps
from service.ledger.rows import row_of_step_clock, rows_of_steps
from workflows.domain.case_state import CaseState
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import WITH_AN_AGENCY, StepStatus

CLOCK = ("clock_party", "clock_since", "clock_due_at")


async def write_steps(connection: AsyncConnection, state: CaseState) -> None:
    """Write a case's steps; the clock of one that is with an agency stays as it is."""
    await connection.execute(_WRITE_STEPS, rows_of_steps(state))


async def write_step_clocks(connection: AsyncConnection, states: Iterable[ReferralState]) -> None:
    """Give steps the clocks of their referrals, unless they are elsewhere or left out by now."""
    await connection.execute(_WRITE_CLOCK, [row_of_step_clock(state) for state in states])


def _write_steps() -> Insert:
    """Return what writes steps; one that has not changed is left alone."""
    statement = insert(steps)
    changing = [column.name for column in steps.columns if not column.primary_key]
    new = {name: statement.excluded[name] for name in changing}
    with_an_agency = _is_one_of(new["status"], WITH_AN_AGENCY)
    clocks = {name: case((with_an_agency, steps.c[name]), else_=new[name]) for name in CLOCK}
    values = {**new, **clocks}
    old = tuple_(*(steps.c[name] for name in values))
    return statement.on_conflict_do_update(
        index_elements=["path_id", "key"],
        set_=values,
        where=old.is_distinct_from(tuple_(*values.values())),
    )


def _write_clock() -> Update:
    return (
        update(steps)
        .where(
            steps.c.path_id == bindparam("of_path"),
            steps.c.key == bindparam("of_step"),
            steps.c.referral_id == bindparam("of_referral"),
            _is_one_of(steps.c.status, WITH_AN_AGENCY | {StepStatus.DUE}),
        )
        .values({name: bindparam(name) for name in CLOCK})
    )


def _is_one_of(status: ColumnElement[str], values: AbstractSet[StepStatus]) -> ColumnElement[bool]:
    """Return a condition whose shape does not depend on parameters, for many rows in one go."""
    return or_(*(status == value for value in sorted(values)))


# Built once: putting a statement together costs more than sending it.
_WRITE_STEPS = _write_steps()
_WRITE_CLOCK = _write_clock()
