"""The outbox on PostgreSQL: what waits to be mailed, looked at again before it goes out."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.ports import Letter
from service.accounts.tables import users
from service.agencies.tables import agencies
from service.database import Database
from service.notifications.tables import notifications
from service.referrals.tables import referrals

LEASE = timedelta(minutes=12)
"""So long a letter belongs to the worker that took it: longer than handing it over can take.
After a crash another one takes it.
"""


class PostgresOutbox:
    """Implements the port ``activities.ports.Outbox``."""

    def __init__(self, database: Database) -> None:
        """Take the database that holds the outbox."""
        self._database = database

    async def next_letter(self, now: datetime) -> Letter | None:
        """Take the next letter whose reason still holds; drop those whose reason is gone."""
        async with self._database.transaction() as connection:
            await _drop_pointless(connection, now)
            found = (await connection.execute(_next_waiting(now))).one_or_none()
            if found is None:
                return None
            await connection.execute(
                update(notifications)
                .where(notifications.c.id == found.notification_id)
                .values(next_attempt_at=now + LEASE, attempts=notifications.c.attempts + 1)
            )
            return Letter.model_validate(found._asdict())

    async def sent(self, letter: Letter, now: datetime) -> None:
        """Note that the mail server has taken the letter."""
        await self._note(letter, sent_at=now, last_error=None)

    async def postpone(self, letter: Letter, until: datetime, error: str) -> None:
        """Note that it did not work, and when to try again."""
        await self._note(letter, next_attempt_at=until, last_error=error)

    async def _note(self, letter: Letter, **values: object) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(
                update(notifications)
                .where(notifications.c.id == letter.notification_id)
                .values(values)
            )


_ADDRESS = func.coalesce(users.c.email, agencies.c.queue_address)
_WAITING = notifications.c.sent_at.is_(None) & notifications.c.dropped_at.is_(None)


async def _drop_pointless(connection: AsyncConnection, now: datetime) -> None:
    """Drop what is due but to nobody, or about a clock that has stopped.

    Nobody is reminded of closed work; and who has left the house has no mail to answer.
    """
    clock_stopped = referrals.c.clock_seq.is_distinct_from(notifications.c.clock_seq)
    person_left = exists().where(users.c.id == notifications.c.to_user_id, ~users.c.active)
    await connection.execute(
        update(notifications)
        .where(
            _WAITING,
            notifications.c.next_attempt_at <= now,
            notifications.c.referral_id == referrals.c.id,
            or_(clock_stopped, person_left),
        )
        .values(dropped_at=now)
    )


def _next_waiting(now: datetime) -> Select[Any]:
    return (
        select(
            notifications.c.id.label("notification_id"),
            notifications.c.message_id,
            notifications.c.kind,
            func.coalesce(users.c.language, "de").label("language"),
            _ADDRESS.label("to_address"),
            notifications.c.referral_id,
            referrals.c.clock_due_at.label("due_at"),
            notifications.c.attempts,
        )
        .join(referrals, referrals.c.id == notifications.c.referral_id)
        .outerjoin(users, (users.c.id == notifications.c.to_user_id) & users.c.active)
        .outerjoin(agencies, agencies.c.id == notifications.c.to_agency_id)
        .where(_WAITING, notifications.c.next_attempt_at <= now)
        .order_by(notifications.c.next_attempt_at, notifications.c.id)
        .limit(1)
        .with_for_update(of=notifications, skip_locked=True)
    )
