"""From notices to the outbox: one row for each recipient, in the event's own transaction."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.accounts.tables import users
from service.agencies.tables import agencies
from service.cases.tables import cases
from service.ledger.rows import Row
from service.notifications.tables import notifications
from workflows.domain.notices import Audience, Notice
from workflows.domain.principal import Role
from workflows.domain.referral_state import ReferralEvent, ReferralState

MESSAGE_ID_DOMAIN = "nahtlos.invalid"
"""Right-hand side of every Message-ID: reserved by RFC 2606, so that it can collide with nobody."""


async def write_notifications(
    connection: AsyncConnection, event: ReferralEvent, state: ReferralState
) -> None:
    """Write the mails that the event calls for. A repeated entry writes none."""
    rows = [
        _row(event, state, notice, recipient)
        for notice in event.notices
        for recipient in await _recipients(connection, state, notice)
    ]
    if rows:
        await connection.execute(
            insert(notifications).on_conflict_do_nothing(index_elements=["unique_key"]), rows
        )


def _row(event: ReferralEvent, state: ReferralState, notice: Notice, recipient: Row) -> Row:
    notification_id = uuid7()
    (to,) = (value for value in recipient.values() if value is not None)
    return recipient | {
        "id": notification_id,
        "unique_key": f"{state.referral_id}:{event.seq}:{notice.kind}:{to}",
        "message_id": f"<{notification_id}@{MESSAGE_ID_DOMAIN}>",
        "kind": notice.kind,
        "referral_id": state.referral_id,
        "clock_seq": notice.clock_seq,
        "created_at": event.at,
        # What can still be taken back is not mailed yet.
        "next_attempt_at": state.undoable.until if state.undoable else event.at,
    }


async def _recipients(
    connection: AsyncConnection, state: ReferralState, notice: Notice
) -> list[Row]:
    match notice.audience:
        case Audience.RECEIVER:
            return [{"to_user_id": None, "to_agency_id": state.to_agency}]
        case Audience.SENDER:
            people = select(cases.c.case_manager_id).where(cases.c.id == state.case_id)
        case Audience.SENDERS_SUPERVISORS:
            people = _supervisors_of(state.from_agency)
        case Audience.RECEIVERS_SUPERVISORS:
            people = _supervisors_of(await _house_to_escalate_to(connection, state))
        case Audience.COORDINATORS:
            people = select(users.c.id).where(users.c.role == Role.COORDINATOR, users.c.active)
    found = await connection.scalars(people)
    return [{"to_user_id": person, "to_agency_id": None} for person in found]


def _supervisors_of(house: UUID) -> Select[tuple[UUID]]:
    return select(users.c.id).where(
        users.c.agency_id == house, users.c.role == Role.SUPERVISOR, users.c.active
    )


async def _house_to_escalate_to(connection: AsyncConnection, state: ReferralState) -> UUID:
    """Return the receiver if it agreed to that; otherwise the sender has to talk to it."""
    agreed = await connection.scalar(
        select(agencies.c.supervisors_are_told).where(agencies.c.id == state.to_agency)
    )
    return state.to_agency if agreed else state.from_agency
