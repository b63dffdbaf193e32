"""Gaps that an event opened or closed."""

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.gaps.tables import gaps
from workflows.domain.clocks import Party
from workflows.domain.referral_state import ReferralEvent, ReferralState


async def write_gaps(
    connection: AsyncConnection, event: ReferralEvent, state: ReferralState
) -> None:
    """Open and close them; a gap belongs to the agency whose clock ran out."""
    for gap in event.gaps_opened:
        agency = state.to_agency if gap.party is Party.RECEIVER else state.from_agency
        row = gap.model_dump() | {
            "id": uuid7(),
            "case_id": state.case_id,
            "referral_id": state.referral_id,
            "agency_id": agency,
        }
        await connection.execute(insert(gaps).values(row))
    if event.gaps_closed:
        await connection.execute(
            update(gaps)
            .where(
                gaps.c.referral_id == state.referral_id,
                gaps.c.seq.in_([gap.seq for gap in event.gaps_closed]),
            )
            .values(closed_at=event.at)
        )
