"""Case conferences, and the right of the agencies that take part to see what they had refused."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.ledger.access import NOT_WITH_RECEIVER, VISIBLE_AFTER_REFUSAL
from service.referrals.tables import access, conferences, referrals
from workflows.domain.actions import Action, Side
from workflows.domain.referral_state import ReferralEvent, ReferralState


async def write_conference(
    connection: AsyncConnection, event: ReferralEvent, state: ReferralState
) -> None:
    """Write where the conference stands, if the event is about one."""
    if state.conference:
        row = {
            "chain_id": state.chain_id,
            "opened_at": state.conference.opened_at,
            "closed_at": state.conference.closed_at,
            "agreed_agency_id": state.conference.agreed,
            "next_step": state.conference.next_step,
        }
        await connection.execute(
            insert(conferences)
            .values(row | {"referral_id": state.referral_id})
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
