"""Gaps that an event opened, raised or closed: of a referral, or of a case and what is in it."""

from uuid import UUID

from sqlalchemy import ColumnElement, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.gaps.tables import gaps
from service.ledger.rows import Row
from workflows.domain.case_state import CaseEvent, CaseState
from workflows.domain.clocks import Party
from workflows.domain.referral_state import ReferralEvent, ReferralState

WITH_RECEIVER = frozenset({Party.RECEIVER, Party.THIRD_PARTY})
"""Whose gaps the receiving agency can do something about."""


async def write_gaps(
    connection: AsyncConnection, event: ReferralEvent, state: ReferralState
) -> None:
    """Write the gaps of a referral."""
    here = gaps.c.referral_id == state.referral_id
    await _write(connection, event, rows_of_gaps(event, state), here)


async def write_gaps_of_case(
    connection: AsyncConnection, event: CaseEvent, state: CaseState
) -> None:
    """Write the gaps of a case: of its steps, of what runs out in it, of its offer."""
    here = (gaps.c.case_id == state.case_id) & gaps.c.referral_id.is_(None)
    await _write(connection, event, rows_of_case_gaps(event, state), here)


async def hand_over_gaps_of_case(connection: AsyncConnection, state: CaseState) -> None:
    """Give the open gaps of a case to the office that has taken it over."""
    here = (gaps.c.case_id == state.case_id) & gaps.c.referral_id.is_(None)
    await _hand_over(connection, here, state.office)


async def hand_over_gaps(connection: AsyncConnection, state: ReferralState) -> None:
    """Give the open gaps of a referral that are the sender's to the office that it goes on with."""
    here = gaps.c.referral_id == state.referral_id
    of_the_sender = gaps.c.party.not_in(WITH_RECEIVER)
    await _hand_over(connection, here & of_the_sender, state.from_agency)


async def _hand_over(connection: AsyncConnection, here: ColumnElement[bool], office: UUID) -> None:
    still_open = (here, gaps.c.closed_at.is_(None))
    await connection.execute(update(gaps).where(*still_open).values(agency_id=office))


def rows_of_gaps(event: ReferralEvent, state: ReferralState) -> list[Row]:
    """Return the gaps that were opened; each belongs to the agency that has to act."""
    return [
        gap.model_dump()
        | {
            "id": uuid7(),
            "case_id": state.case_id,
            "path_id": state.path_id,
            "step": state.step,
            "referral_id": state.referral_id,
            "entitlement_id": None,
            "agency_id": _house_of(gap.party, state),
        }
        for gap in event.gaps_opened
    ]


def rows_of_case_gaps(event: CaseEvent, state: CaseState) -> list[Row]:
    """Return the gaps that were opened: the office's, or of the one that the case is offered to.

    Only an offer is about neither a step nor an entitlement.
    """
    is_the_offices = event.step is not None or event.entitlement_id is not None
    return [
        gap.model_dump()
        | {
            "id": uuid7(),
            "case_id": state.case_id,
            "path_id": event.path_id,
            "step": event.step,
            "entitlement_id": event.entitlement_id,
            "referral_id": None,
            "agency_id": state.office if is_the_offices else event.subject,
        }
        for gap in event.gaps_opened
    ]


async def _write(
    connection: AsyncConnection,
    event: ReferralEvent | CaseEvent,
    opened: list[Row],
    here: ColumnElement[bool],
) -> None:
    """Open them, let them rise, close them. ``here``: which gaps the event can be about."""
    for row in opened:
        await connection.execute(insert(gaps).values(row))
    for gap in event.gaps_raised:
        await connection.execute(
            update(gaps).where(here, gaps.c.seq == gap.seq).values(level=gap.level)
        )
    if event.gaps_closed:
        closed = gaps.c.seq.in_([gap.seq for gap in event.gaps_closed])
        await connection.execute(update(gaps).where(here, closed).values(closed_at=event.at))


def _house_of(party: Party, state: ReferralState) -> UUID:
    """Return the agency that can do something about it: it acts, or asks whom it waits for."""
    return state.to_agency if party in WITH_RECEIVER else state.from_agency
