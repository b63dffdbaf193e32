"""Events and states: written once, recognised when they come again."""

from typing import Literal

from sqlalchemy import bindparam, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from activities.ports import LedgerConflict
from service.ledger.rows import Row
from service.ledger.tables import events, workflow_states
from workflows.domain.case_state import CaseState
from workflows.domain.referral_state import ReferralState
from workflows.messages import Recorded

Kind = Literal["case", "referral"]


async def append_event(
    connection: AsyncConnection,
    kind: Kind,
    event: Row,
    state: CaseState | ReferralState,
    *,
    is_open: bool,
) -> Recorded | None:
    """Write an event with the state after it, from which the workflow can be started again.

    Returns the receipt of an event that stands in the ledger already, None for one that is new.
    Raises LedgerConflict if its number belongs to another cause, or if one before it is missing.
    Of two attempts at once the second waits for the end of the first's transaction.
    """
    is_new, follows = (
        await connection.execute(
            _APPEND,
            event
            | {"kind": kind, "is_open": is_open, "state": state}
            | {"number": event["seq"], "written_at": event["at"]},
        )
    ).one()
    if not is_new:
        return await _find_receipt(connection, event)
    if not follows:
        raise LedgerConflict(f"{event['workflow_id']} #{event['seq']} does not follow")
    return None


async def _find_receipt(connection: AsyncConnection, event: Row) -> Recorded:
    workflow_id, seq, cause = event["workflow_id"], event["seq"], event["cause"]
    known = await connection.execute(
        select(events.c.seq, events.c.cause, events.c.at, events.c.status).where(
            events.c.workflow_id == workflow_id,
            or_(events.c.cause == cause, events.c.seq == seq),
        )
    )
    for row in known:
        if row.cause == cause:
            return Recorded(seq=row.seq, at=row.at, status=row.status, earlier=row.seq != seq)
    raise LedgerConflict(f"{workflow_id} #{seq} stands under another cause")


def _append() -> Executable:
    """Return the one statement that writes both, and says whether each was written.

    The state takes the place of the one before it, or is the first of its workflow.
    """
    event = (
        insert(events)
        .values({column.name: bindparam(column.name) for column in events.columns})
        .on_conflict_do_nothing()
        .returning(events.c.seq)
        .cte("event")
    )
    number = bindparam("number", type_=workflow_states.c.seq.type)
    of_the_workflow = workflow_states.c.workflow_id == bindparam("workflow_id")
    row = {
        column.name: bindparam(column.name, type_=column.type) for column in workflow_states.columns
    } | {"seq": number}
    after_the_event = select(*row.values()).select_from(event)
    statement = insert(workflow_states).from_select(
        list(row), after_the_event.where(or_(number == 1, exists().where(of_the_workflow)))
    )
    state = (
        statement.on_conflict_do_update(
            index_elements=["workflow_id"],
            set_={name: statement.excluded[name] for name in row},
            where=workflow_states.c.seq == statement.excluded.seq - 1,
        )
        .returning(workflow_states.c.seq)
        .cte("state")
    )
    return select(
        select(func.count()).select_from(event).scalar_subquery() == literal(1),
        select(func.count()).select_from(state).scalar_subquery() == literal(1),
    )


_APPEND = _append()
