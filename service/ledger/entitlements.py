"""Entitlements as the pages read them."""

from sqlalchemy import tuple_
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.entitlements.tables import entitlements
from service.ledger.rows import row_of_entitlement
from workflows.domain.case_state import CaseState


async def write_entitlements(connection: AsyncConnection, state: CaseState) -> None:
    """Write what a case keeps of them; one that has not changed is left alone."""
    if state.entitlements:
        rows = [row_of_entitlement(state, held) for held in state.entitlements]
        await connection.execute(_WRITE, rows)


def _write() -> Insert:
    statement = insert(entitlements)
    names = [column.name for column in entitlements.columns if not column.primary_key]
    new = {name: statement.excluded[name] for name in names}
    old = tuple_(*(entitlements.c[name] for name in new))
    return statement.on_conflict_do_update(
        index_elements=["id"], set_=new, where=old.is_distinct_from(tuple_(*new.values()))
    )


# Built once: putting a statement together costs more than sending it.
_WRITE = _write()
