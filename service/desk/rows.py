"""From rows to the lines of the lists."""

from typing import Any

from sqlalchemy import Row

from service.desk.items import Inquiry, Station
from service.referrals.views import ReceiverView
from workflows.domain.pathway import Texts


def station_of(row: Row[*tuple[Any, ...]], title: Texts) -> Station:
    """Return the office's line."""
    receiver = None
    if row.receiver_id:
        receiver = ReceiverView(
            row.receiver_id,
            row.receiver_key,
            row.receiver_name,
            row.on_board,
            row.telephone,
            row.fax,
        )
    return Station(
        case_id=row.case_id,
        path_id=row.path_id,
        step=row.key,
        title=title,
        subject=row.subject,
        case_manager_id=row.case_manager_id,
        case_manager=row.case_manager,
        party=row.clock_party,
        since=row.clock_since,
        due_at=row.clock_due_at,
        referral_id=row.referral_id,
        referral_status=row.referral_status,
        changed_seq=row.changed_seq,
        receiver=receiver,
        gap_level=row.gap_level,
    )


def inquiry_of(row: Row[*tuple[Any, ...]], title: Texts) -> Inquiry:
    """Return the receiving agency's line."""
    return Inquiry(
        id=row.id,
        title=title,
        subject=row.subject,
        municipality=row.municipality,
        from_agency=row.from_agency,
        status=row.status,
        party=row.clock_party,
        opened_at=row.opened_at,
        since=row.clock_since,
        due_at=row.clock_due_at,
        claimed_by_id=row.claimed_by,
        claimed_by=row.claimant,
        changed_seq=row.changed_seq,
        gap_level=row.gap_level,
    )
