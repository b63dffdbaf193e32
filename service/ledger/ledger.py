"""The ledger on PostgreSQL: event, state and what the pages read, all or nothing."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy import bindparam, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.ports import LedgerConflict
from service.cases.tables import cases, paths
from service.database import Database
from service.ledger.access import (
    end_access,
    grant_access,
    hand_over_case,
    hand_over_referral,
)
from service.ledger.conferences import write_conference
from service.ledger.entitlements import write_entitlements
from service.ledger.gaps import (
    hand_over_gaps,
    hand_over_gaps_of_case,
    write_gaps,
    write_gaps_of_case,
)
from service.ledger.household import write_household
from service.ledger.journal import append_event
from service.ledger.rows import (
    Row,
    row_of_case,
    row_of_case_event,
    row_of_referral,
    row_of_referral_event,
    rows_of_paths,
)
from service.ledger.steps import write_moved_path, write_step_clocks, write_steps
from service.notifications.writer import write_notifications, write_notifications_of_case
from service.referrals.tables import clock_spans, referrals
from workflows.domain.case_moving import MOVE_PATH
from workflows.domain.referral_state import ReferralEvent, ReferralState
from workflows.domain.statuses import CaseStatus
from workflows.messages import CaseEntry, Recorded, ReferralEntry

Entry = TypeVar("Entry", CaseEntry, ReferralEntry)


class PostgresLedger:
    """Implements the port ``activities.ports.Ledger``."""

    def __init__(self, database: Database) -> None:
        """Take the database to write to."""
        self._database = database

    async def record_case(self, entry: CaseEntry) -> Recorded:
        """Write a case's event in a transaction of its own."""
        return await self._write(write_case_entry, entry)

    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        """Write a referral's event in a transaction of its own."""
        return await self._write(write_referral_entry, entry)

    async def _write(
        self, write: Callable[[AsyncConnection, Entry], Awaitable[Recorded]], entry: Entry
    ) -> Recorded:
        """Write the entry. Raises LedgerConflict for one that the tables do not take."""
        try:
            async with self._database.transaction() as connection:
                return await write(connection, entry)
        except IntegrityError as refused:
            raise LedgerConflict(_constraint(refused)) from None


async def write_case_entry(connection: AsyncConnection, entry: CaseEntry) -> Recorded:
    """Write a case's event, its steps, and the referral that it sent."""
    state = entry.state
    event = row_of_case_event(entry.event, state, entry.source)
    is_open = state.status is not CaseStatus.CLOSED
    if receipt := await append_event(connection, "case", event, state, is_open=is_open):
        return receipt
    await connection.execute(_UPDATE_CASE, row_of_case(state) | {"changed": state.case_id})
    if entry.event.action == "accept-transfer":
        await hand_over_case(connection, state, entry.event.at)
        await hand_over_gaps_of_case(connection, state)
    if entry.event.action == "start-path":
        await connection.execute(_INSERT_PATH, rows_of_paths(state)[-1])
    if entry.event.action == MOVE_PATH:
        await write_moved_path(connection, state, entry.event)
    await write_household(connection, entry.event, state)
    await write_steps(connection, state)
    await write_entitlements(connection, state)
    await write_gaps_of_case(connection, entry.event, state)
    if entry.source == "engine":
        await write_notifications_of_case(connection, entry.event, state)
    if entry.referral:
        await write_referral_entry(connection, entry.referral)
    return _receipt_of(event)


async def write_referral_entry(connection: AsyncConnection, entry: ReferralEntry) -> Recorded:
    """Write a referral's event and everything that pages, mails and rights draw from it."""
    state = entry.state
    event = row_of_referral_event(entry.event, state, entry.source)
    is_open = state.closed_at is None
    if receipt := await append_event(connection, "referral", event, state, is_open=is_open):
        return receipt
    await _write_referral(connection, entry.event, state)
    await write_conference(connection, entry.event, state)
    await write_gaps(connection, entry.event, state)
    if entry.source == "engine":
        await write_notifications(connection, entry.event, state)
    return _receipt_of(event)


# Built once: putting a statement together costs more than sending it.
_UPDATE_CASE = update(cases).where(cases.c.id == bindparam("changed"))
_INSERT_PATH = insert(paths)
_INSERT_REFERRAL = insert(referrals)
_UPDATE_REFERRAL = update(referrals).where(referrals.c.id == bindparam("changed"))
_INSERT_SPAN = insert(clock_spans)


def _receipt_of(event: Row) -> Recorded:
    return Recorded(seq=event["seq"], at=event["at"], status=event["status"])


def _constraint(refused: IntegrityError) -> str:
    """Name the rule of the tables that was broken; the values stay out of every log."""
    return str(getattr(refused.orig.__cause__, "constraint_name", None) if refused.orig else None)


async def _write_referral(
    connection: AsyncConnection, event: ReferralEvent, state: ReferralState
) -> None:
    row = row_of_referral(state)
    if event.seq == 1:
        await connection.execute(_INSERT_REFERRAL, row)
        await grant_access(connection, state)
    else:
        await connection.execute(_UPDATE_REFERRAL, row | {"changed": state.referral_id})
        await end_access(connection, state, event.at)
    if event.action == "transfer":
        await hand_over_referral(connection, state, event.at)
        await hand_over_gaps(connection, state)
    if event.ended or (state.clock and state.clock.seq == event.seq):
        await write_step_clocks(connection, [state])
    if event.ended:
        span = event.ended.model_dump() | {"referral_id": state.referral_id, "seq": event.seq}
        await connection.execute(_INSERT_SPAN, span)
