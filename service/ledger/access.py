"""Who may see a referral, written with the event that gives or ends the right."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.ledger.rows import Row
from service.referrals.tables import access
from workflows.domain.actions import Side
from workflows.domain.case_state import CaseState
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import Status

VISIBLE_AFTER_REFUSAL = timedelta(days=7)
"""So long an agency still sees what came to nothing there, or went elsewhere, to notice a mistake.
Storage limitation: Art. 5(1)(e) GDPR."""

NOT_WITH_RECEIVER = frozenset({Status.REJECTED, Status.CANCELLED, Status.FAILED})


async def grant_access(connection: AsyncConnection, state: ReferralState) -> None:
    """Let both agencies see the referral from the moment it was sent."""
    await connection.execute(insert(access), rows_of_access(state))


async def end_access(connection: AsyncConnection, state: ReferralState, at: datetime) -> None:
    """Limit the receiver's access once the referral is not with it any more."""
    until = receiver_sees_until(state, at)
    if until is None:
        return
    await connection.execute(
        update(access)
        .where(
            access.c.referral_id == state.referral_id,
            access.c.side == Side.RECEIVER,
            access.c.until_at.is_(None),
        )
        .values(until_at=until)
    )


async def hand_over_case(connection: AsyncConnection, state: CaseState, at: datetime) -> None:
    """Let the office that has taken a case over see it, and the former one only for a while."""
    here = access.c.case_id == state.case_id
    await _hand_over(connection, here, {"case_id": state.case_id}, state.office, at)


async def hand_over_referral(
    connection: AsyncConnection, state: ReferralState, at: datetime
) -> None:
    """Let the office that a referral goes on with see it, and the former one only for a while."""
    here = (access.c.referral_id == state.referral_id) & (access.c.side == Side.SENDER)
    subject = {"referral_id": state.referral_id}
    await _hand_over(connection, here, subject, state.from_agency, at)


async def _hand_over(
    connection: AsyncConnection,
    here: ColumnElement[bool],
    subject: Row,
    office: UUID,
    at: datetime,
) -> None:
    former = (here, access.c.agency_id != office, access.c.until_at.is_(None))
    until = {"until_at": at + VISIBLE_AFTER_REFUSAL}
    await connection.execute(update(access).where(*former).values(until))
    right = {"agency_id": office, "side": Side.SENDER, "from_at": at, "until_at": None}
    await connection.execute(
        upsert(access)
        .values(right | subject | {"id": uuid7()})
        .on_conflict_do_update(index_elements=["agency_id", "case_id", "referral_id"], set_=right)
    )


def rows_of_access(state: ReferralState) -> list[Row]:
    """Return the rights of both agencies to a referral that was just sent: the sender's first."""
    return [
        {
            "id": uuid7(),
            "agency_id": agency,
            "referral_id": state.referral_id,
            "side": side,
            "from_at": state.opened_at,
        }
        for agency, side in (
            (state.from_agency, Side.SENDER),
            (state.to_agency, Side.RECEIVER),
        )
    ]


def receiver_sees_until(state: ReferralState, at: datetime) -> datetime | None:
    """Return when the receiver's right ends that has just come to this state; None: it stays."""
    return at + VISIBLE_AFTER_REFUSAL if state.status in NOT_WITH_RECEIVER else None
