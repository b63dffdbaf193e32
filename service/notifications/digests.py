"""The morning's mails: each gathers what is due for one recipient."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.notifications.reasons import IS_DUE
from service.notifications.tables import notifications
from service.notifications.writer import message_id_of
from workflows.domain.digest import DIGEST, digest_after
from workflows.domain.notices import Delivery
from workflows.domain.working_days import local_day

_COLUMNS = ("id", "to_user_id", "to_agency_id")


async def gather_digests(connection: AsyncConnection, now: datetime) -> None:
    """Put what is due for the morning into one mail for each recipient: one a day.

    What comes too late for today's waits for the next.
    """
    due = (await connection.execute(_DUE, {"now": now})).all()
    if not due:
        return
    today = await _begin(connection, {(one.to_user_id, one.to_agency_id) for one in due}, now)
    for recipient, digest_id in today.items():
        await _add(connection, _of(due, recipient), digest_id=digest_id)
    if late := [one for one in due if (one.to_user_id, one.to_agency_id) not in today]:
        await _add(connection, late, next_attempt_at=digest_after(now))


Recipient = tuple[Any, Any]
"""The id of a person, or that of an agency; the other one is None."""


async def _begin(
    connection: AsyncConnection, recipients: set[Recipient], now: datetime
) -> dict[Recipient, Any]:
    """Begin today's mail for each of them, unless there is one already; return the new ones."""
    rows = []
    for person, agency in recipients:
        digest_id = uuid7()
        rows.append(
            {
                "id": digest_id,
                "unique_key": f"{DIGEST}:{local_day(now)}:{person or agency}",
                "message_id": message_id_of(digest_id),
                "kind": DIGEST,
                "delivery": Delivery.ALONE,
                "to_user_id": person,
                "to_agency_id": agency,
                "created_at": now,
                "next_attempt_at": now,
                "attempts": 0,
            }
        )
    begun = await connection.execute(
        insert(notifications)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["unique_key"])
        .returning(*(notifications.c[name] for name in _COLUMNS))
    )
    return {(row.to_user_id, row.to_agency_id): row.id for row in begun}


def _of(due: Sequence[Row[Any]], recipient: Recipient) -> list[Row[Any]]:
    return [one for one in due if (one.to_user_id, one.to_agency_id) == recipient]


async def _add(connection: AsyncConnection, some: Sequence[Row[Any]], **values: object) -> None:
    ids = [one.id for one in some]
    await connection.execute(
        update(notifications).where(notifications.c.id.in_(ids)).values(values)
    )


_DUE = (
    select(*(notifications.c[name] for name in _COLUMNS))
    .where(IS_DUE, notifications.c.delivery == Delivery.DIGEST)
    .with_for_update(skip_locked=True)
)
