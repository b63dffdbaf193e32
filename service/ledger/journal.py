"""Events and states: written once, recognised when they come again."""

from typing import Any, Literal

from sqlalchemy import insert, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.ports import LedgerConflict
from service.ledger.rows import Row
from service.ledger.tables import events, workflow_states
from workflows.messages import Recorded

Kind = Literal["case", "referral"]


async def find_receipt(connection: AsyncConnection, event: Row) -> Recorded | None:
    """Return the receipt of an event that stands in the ledger already, or None if it is new.

    Raises LedgerConflict if its number belongs to another cause, or if one before it is missing.
    The state's row is locked until the transaction ends, so that two attempts at once queue up.
    """
    workflow_id, seq, cause = event["workflow_id"], event["seq"], event["cause"]
    last_seq = await connection.scalar(
        select(workflow_states.c.seq)
        .where(workflow_states.c.workflow_id == workflow_id)
        .with_for_update()
    )
    known = await connection.execute(
        select(events.c.seq, events.c.cause, events.c.at, events.c.status).where(
            events.c.workflow_id == workflow_id,
            or_(events.c.cause == cause, events.c.seq == seq),
        )
    )
    rows = known.all()
    for row in rows:
        if row.cause == cause:
            return Recorded(seq=row.seq, at=row.at, status=row.status, earlier=row.seq != seq)
    if rows:
        raise LedgerConflict(f"{workflow_id} #{seq} stands under another cause")
    if seq != (last_seq or 0) + 1:
        raise LedgerConflict(f"{workflow_id} #{seq} does not follow #{last_seq or 0}")
    return None


async def append_event(connection: AsyncConnection, event: Row) -> Recorded:
    """Write a new event."""
    await connection.execute(insert(events).values(event))
    return Recorded(seq=event["seq"], at=event["at"], status=event["status"])


async def keep_state(
    connection: AsyncConnection, kind: Kind, event: Row, state: dict[str, Any], *, is_open: bool
) -> None:
    """Keep the state after the event, from which the workflow can be started again."""
    row = {
        "workflow_id": event["workflow_id"],
        "kind": kind,
        "seq": event["seq"],
        "is_open": is_open,
        "state": state,
        "written_at": event["at"],
    }
    statement = upsert(workflow_states).values(row)
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["workflow_id"], set_=row)
    )
