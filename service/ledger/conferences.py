"""Case conferences, and the right of the agencies that take part to see what they had refused."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.ledger.access import NOT_WITH_RECEIVER, VISIBLE_AFTER_REFUSAL
from service.ledger.rows import Row
from service.referrals.tables import access, conferences, referrals
from workflows.domain.actions import Action, Side
from workflows.domain.conferences import Conference
from workflows.domain.referral_state import ReferralEvent, ReferralState


async def write_conference(
    connection: AsyncConnection, event: ReferralEvent, state: ReferralState
) -> None:
    """Write where the conference stands, if the event is about one."""
    if state.conference:
        row = row_of_conference(state, state.conference)
        await connection.execute(
            insert(conferences)
            .values(row)
            .on_conflict_do_update(index_elements=["referral_id"], set_=row)
        )
    elif event.undoes == Action.REDIRECT:
        await connection.execute(
            update(conferences)
            .where(conferences.c.referral_id == state.referral_id)
            .values(closed_at=event.at)
        )
    else:
        return
    is_open = state.open_conference is not None
    await _let_refused_be_seen(connection, state, None if is_open else event.at)


def row_of_conference(state: ReferralState, conference: Conference) -> Row:
    """Return the conference as the pages read it."""
    return {
        "referral_id": state.referral_id,
        "chain_id": state.chain_id,
        "opened_at": conference.opened_at,
        "closed_at": conference.closed_at,
        "agreed_agency_id": conference.agreed,
        "next_step": conference.next_step,
    }


def refused_are_seen_until(
    state: ReferralState, until: datetime | None, at: datetime
) -> datetime | None:
    """Return until when an agency of the chain sees what it refused, which was ``until``."""
    return None if state.open_conference else until or at + VISIBLE_AFTER_REFUSAL


async def _let_refused_be_seen(
    connection: AsyncConnection, state: ReferralState, ended_at: datetime | None
) -> None:
    """Let the agencies of the chain see what they refused until the conference is over."""
    refused = select(referrals.c.id).where(
        referrals.c.chain_id == state.chain_id, referrals.c.status.in_(NOT_WITH_RECEIVER)
    )
    of_receivers = (access.c.referral_id.in_(refused), access.c.side == Side.RECEIVER)
    if ended_at is None:
        await connection.execute(update(access).where(*of_receivers).values(until_at=None))
    else:
        await connection.execute(
            update(access)
            .where(*of_receivers, access.c.until_at.is_(None))
            .values(until_at=ended_at + VISIBLE_AFTER_REFUSAL)
        )
