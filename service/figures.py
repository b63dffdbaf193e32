"""Figures of the whole system, for those who run it: counts and ages, never whose."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.gaps.tables import gaps
from service.notifications.tables import notifications
from service.referrals.tables import referrals


@dataclass(frozen=True)
class Waiting:
    """How many mails wait to be sent, and since when the oldest does (UTC; None: none waits)."""

    number: int
    since: datetime | None


class Figures:
    """Counts what is open. One query for each figure."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Take the connection of a transaction."""
        self._connection = connection

    async def open_referrals(self) -> dict[tuple[str, str], int]:
        """Count the referrals that have not ended, by status and party of the running clock."""
        rows = await self._connection.execute(
            select(referrals.c.status, referrals.c.clock_party, func.count().label("number"))
            .where(referrals.c.closed_at.is_(None))
            .group_by(referrals.c.status, referrals.c.clock_party)
        )
        return {(row.status, row.clock_party or "nobody"): row.number for row in rows}

    async def waiting_mails(self) -> Waiting:
        """Count the mails that are neither sent nor dropped."""
        row = (
            await self._connection.execute(
                select(func.count(), func.min(notifications.c.created_at)).where(
                    notifications.c.sent_at.is_(None), notifications.c.dropped_at.is_(None)
                )
            )
        ).one()
        return Waiting(row[0], row[1])

    async def open_gaps(self) -> dict[str, int]:
        """Count the open gaps by kind."""
        rows = await self._connection.execute(
            select(gaps.c.kind, func.count().label("number"))
            .where(gaps.c.closed_at.is_(None))
            .group_by(gaps.c.kind)
        )
        return {row.kind: row.number for row in rows}
