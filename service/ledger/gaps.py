"""Gaps that an event opened, raised or closed."""

from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.gaps.tables import gaps
from service.ledger.rows import Row
from workflows.domain.clocks import Party
from workflows.domain.referral_state import ReferralEvent, ReferralState


async def write_gaps(
    connection: AsyncConnection, event: ReferralEvent, state: ReferralState
) -> None:
    """Open them, let them rise, close them."""
    for row in rows_of_gaps(event, state):
        await connection.execute(insert(gaps).values(row))
    for gap in event.gaps_raised:
        await connection.execute(
            update(gaps)
            .where(gaps.c.referral_id == state.referral_id, gaps.c.seq == gap.seq)
            .values(level=gap.level)
        )
    if event.gaps_closed:
        await connection.execute(
            update(gaps)
            .where(
                gaps.c.referral_id == state.referral_id,
                gaps.c.seq.in_([gap.seq for gap in event.gaps_closed]),
            )
            .values(closed_at=event.at)
        )


def rows_of_gaps(event: ReferralEvent, state: ReferralState) -> list[Row]:
    """Return the gaps that were opened; each belongs to the agency that has to act."""
    return [
        gap.model_dump()
        | {
            "id": uuid7(),
            "case_id": state.case_id,
            "referral_id": state.referral_id,
            "agency_id": _house_of(gap.party, state),
        }
        for gap in event.gaps_opened
    ]


def _house_of(party: Party, state: ReferralState) -> UUID:
    """Return the agency that can do something about it: it acts, or asks whom it waits for."""
    with_receiver = party in {Party.RECEIVER, Party.THIRD_PARTY}
    return state.to_agency if with_receiver else state.from_agency
