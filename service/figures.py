"""Figures of the whole system, for those who run it: counts and ages, never whose."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, case, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.gaps.tables import gaps
from service.ledger.tables import workflow_states
from service.notifications.tables import notifications
from service.referrals.tables import referrals
from workflows.domain.notices import Delivery

NOBODY = "nobody"
"""The party of a referral that has ended, or waits for its step to be sent elsewhere."""


@dataclass(frozen=True)
class Mails:
    """``waiting``: due, but neither sent nor dropped, the oldest since ``since`` (UTC; None: none).

    What waits for the morning is not due before.

    ``refused``: those among them that a mail server has not taken at least once.
    ``never_sent``: those that no server took until their reason was gone.
    """

    waiting: int
    since: datetime | None
    refused: int
    never_sent: int


@dataclass(frozen=True)
class Drafts:
    """How many cases are written down but not opened yet, and since when (UTC) the oldest."""

    waiting: int
    since: datetime | None


class Figures:
    """Counts what is open at ``now`` (UTC). One query for each figure."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Take the connection of a transaction, and the time."""
        self._connection = connection
        self._now = now

    async def open_referrals(self) -> dict[tuple[str, str], int]:
        """Count the referrals that have not ended, by status and party of the running clock."""
        rows = await self._connection.execute(
            select(referrals.c.status, referrals.c.clock_party, func.count().label("number"))
            .where(referrals.c.closed_at.is_(None))
            .group_by(referrals.c.status, referrals.c.clock_party)
        )
        return {(row.status, row.clock_party or NOBODY): row.number for row in rows}

    async def overdue_referrals(self) -> dict[str, int]:
        """Count the open referrals whose answering time has passed, by party."""
        rows = await self._connection.execute(
            select(referrals.c.clock_party, func.count().label("number"))
            .where(referrals.c.closed_at.is_(None), referrals.c.clock_due_at < self._now)
            .group_by(referrals.c.clock_party)
        )
        return {row.clock_party: row.number for row in rows}

    async def mails(self) -> Mails:
        """Count the mails that have not gone out."""
        unsent = notifications.c.sent_at.is_(None) & notifications.c.digest_id.is_(None)
        is_due = or_(notifications.c.attempts > 0, notifications.c.next_attempt_at <= self._now)
        of_the_morning = notifications.c.delivery == Delivery.DIGEST
        due_since = case(
            (of_the_morning, notifications.c.next_attempt_at), else_=notifications.c.created_at
        )
        tried_in_vain = notifications.c.last_error.is_not(None)
        waiting = (
            await self._connection.execute(
                select(
                    func.count(),
                    func.min(due_since),
                    func.count().filter(tried_in_vain),
                ).where(unsent, is_due, notifications.c.dropped_at.is_(None))
            )
        ).one()
        never_sent = await self._connection.scalar(
            select(func.count())
            .select_from(notifications)
            .where(unsent, notifications.c.dropped_at.is_not(None), tried_in_vain)
        )
        return Mails(waiting[0], waiting[1], waiting[2], never_sent or 0)

    async def open_gaps(self) -> dict[str, int]:
        """Count the open gaps by kind."""
        rows = await self._connection.execute(
            select(gaps.c.kind, func.count().label("number"))
            .where(gaps.c.closed_at.is_(None))
            .group_by(gaps.c.kind)
        )
        return {row.kind: row.number for row in rows}

    async def drafts(self) -> Drafts:
        """Count the cases that a person has opened and the engine has not."""
        row = (
            await self._connection.execute(
                select(func.count(), func.min(workflow_states.c.written_at)).where(
                    workflow_states.c.is_open,
                    workflow_states.c.kind == "case",
                    workflow_states.c.seq == 0,
                )
            )
        ).one()
        return Drafts(row[0], row[1])

    async def oldest_unnoticed_deadline(self) -> datetime | None:
        """Return the earliest deadline that has passed without an event after it (UTC).

        Every deadline that passes makes an event. One that made none means that the engine, the
        worker or the way to the ledger stands still.
        """
        workflow_id = literal("referral-") + cast(referrals.c.id, String)
        found: datetime | None = await self._connection.scalar(
            select(func.min(referrals.c.clock_due_at))
            .join(workflow_states, workflow_states.c.workflow_id == workflow_id)
            .where(
                referrals.c.closed_at.is_(None),
                referrals.c.clock_due_at < self._now,
                workflow_states.c.written_at < referrals.c.clock_due_at,
            )
        )
        return found
