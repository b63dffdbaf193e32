"""The outbox on PostgreSQL: what waits to be mailed, looked at again before it goes out."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select, update

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
            found = (await connection.execute(_TAKE_NEXT, _at(now))).one_or_none()
            if found is None:
                await connection.execute(_DROP_POINTLESS, _at(now))
                return None
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


def _at(now: datetime) -> dict[str, datetime]:
    return {"now": now, "until": now + LEASE}


def _take_next() -> Select[Any]:
    """Return the one statement that finds the next letter, leases it and reads it."""
    found = (
        select(
            notifications.c.id.label("notification_id"),
            notifications.c.message_id,
            notifications.c.kind,
            func.coalesce(users.c.language, "de").label("language"),
            func.coalesce(users.c.email, agencies.c.queue_address).label("to_address"),
            notifications.c.referral_id,
            referrals.c.clock_due_at.label("due_at"),
            notifications.c.attempts,
        )
        .join(referrals, referrals.c.id == notifications.c.referral_id)
        .outerjoin(users, (users.c.id == notifications.c.to_user_id) & users.c.active)
        .outerjoin(agencies, agencies.c.id == notifications.c.to_agency_id)
        .where(_IS_DUE, ~_IS_POINTLESS)
        .order_by(notifications.c.next_attempt_at, notifications.c.id)
        .limit(1)
        .with_for_update(of=notifications, skip_locked=True)
        .cte("found")
    )
    taken = (
        update(notifications)
        .where(notifications.c.id == found.c.notification_id)
        .values(next_attempt_at=bindparam("until"), attempts=notifications.c.attempts + 1)
        .returning(notifications.c.id)
        .cte("taken")
    )
    return select(found).join(taken, taken.c.id == found.c.notification_id)


_RECIPIENT = users.alias("recipient")
_IS_DUE = (
    notifications.c.sent_at.is_(None)
    & notifications.c.dropped_at.is_(None)
    & (notifications.c.next_attempt_at <= bindparam("now"))
)
_IS_POINTLESS = or_(
    referrals.c.clock_seq.is_distinct_from(notifications.c.clock_seq),
    exists().where(_RECIPIENT.c.id == notifications.c.to_user_id, ~_RECIPIENT.c.active),
)
"""About a clock that has stopped: nobody is reminded of closed work. Or to somebody who has left
the house, and has no mail to answer."""

# Put together once: that costs more than sending them.
_TAKE_NEXT = _take_next()
_DROP_POINTLESS = (
    update(notifications)
    .where(_IS_DUE, notifications.c.referral_id == referrals.c.id, _IS_POINTLESS)
    .values(dropped_at=bindparam("now"))
)
