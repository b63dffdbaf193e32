"""From notices to the outbox: one row for each recipient, in the event's own transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from service.accounts.tables import users
from service.agencies.tables import agencies
from service.cases.tables import cases
from service.ledger.rows import Row
from service.notifications.tables import notifications
from service.referrals.tables import referrals
from workflows.domain.case_state import CaseEvent, CaseState
from workflows.domain.digest import digest_at_or_after
from workflows.domain.notices import Audience, Delivery, Notice
from workflows.domain.principal import Role
from workflows.domain.referral_state import ReferralEvent, ReferralState

MESSAGE_ID_DOMAIN = "nahtlos.invalid"
"""Right-hand side of every Message-ID: reserved by RFC 2606, so that it can collide with nobody."""


@dataclass(frozen=True)
class _Subject:
    """What a notice is about, and who takes part in it. ``final_at`` (UTC): until then it can
    still be taken back. ``receiver``: the other agency, or whoever offered a case."""

    key: str
    case_id: UUID
    sender: UUID
    receiver: UUID
    columns: Row
    final_at: datetime
    chain_id: UUID | None = None


async def write_notifications(
    connection: AsyncConnection, event: ReferralEvent, state: ReferralState
) -> None:
    """Write what the event of a referral calls for. A repeated entry writes nothing."""
    if event.notices:
        subject = _Subject(
            key=f"{state.referral_id}:{event.seq}",
            case_id=state.case_id,
            sender=state.from_agency,
            receiver=state.to_agency,
            columns={
                "referral_id": state.referral_id,
                "path_id": None,
                "step": None,
                "entitlement_id": None,
                "case_id": None,
            },
            final_at=state.undoable.until if state.undoable else event.at,
            chain_id=state.chain_id,
        )
        await _write(connection, subject, event)


async def write_notifications_of_case(
    connection: AsyncConnection, event: CaseEvent, state: CaseState
) -> None:
    """Write what the event of a case calls for. A repeated entry writes nothing."""
    if event.notices:
        subject = _Subject(
            key=f"{state.case_id}:{event.seq}",
            case_id=state.case_id,
            sender=state.office,
            receiver=event.subject or state.office,
            columns={
                "referral_id": None,
                "path_id": event.path_id,
                "step": event.step,
                "entitlement_id": event.entitlement_id,
                "case_id": None if event.step or event.entitlement_id else state.case_id,
            },
            final_at=event.at,
        )
        await _write(connection, subject, event)


def message_id_of(notification_id: UUID) -> str:
    """Return the Message-ID of a mail: the same at every attempt."""
    return f"<{notification_id}@{MESSAGE_ID_DOMAIN}>"


async def _write(
    connection: AsyncConnection, subject: _Subject, event: ReferralEvent | CaseEvent
) -> None:
    rows = [
        _row(subject, event.at, notice, recipient)
        for notice in event.notices
        for recipient in await _recipients(connection, subject, notice)
    ]
    if rows:
        await connection.execute(_INSERT, rows)


def _row(subject: _Subject, at: datetime, notice: Notice, recipient: Row) -> Row:
    notification_id = uuid7()
    to = recipient["to_user_id"] or recipient["to_agency_id"]
    is_for_the_morning = notice.delivery is Delivery.DIGEST
    return (
        subject.columns
        | {
            "id": notification_id,
            "unique_key": f"{subject.key}:{notice.kind}:{to}",
            "message_id": message_id_of(notification_id),
            "kind": notice.kind,
            "delivery": notice.delivery,
            "clock_seq": notice.clock_seq,
            "created_at": at,
            "next_attempt_at": digest_at_or_after(subject.final_at)
            if is_for_the_morning
            else subject.final_at,
        }
        | recipient
    )


async def _recipients(connection: AsyncConnection, subject: _Subject, notice: Notice) -> list[Row]:
    match notice.audience:
        case Audience.RECEIVER:
            return [{"to_user_id": None, "to_agency_id": subject.receiver}]
        case Audience.SENDER:
            manager = await connection.scalar(_CASE_MANAGER, {"of_case": subject.case_id})
            return [{"to_user_id": manager, "to_agency_id": None}]
        case Audience.SENDERS_SUPERVISORS:
            people = _supervisors_of(subject.sender)
        case Audience.RECEIVERS_SUPERVISORS:
            people = _supervisors_of(await _house_to_escalate_to(connection, subject))
        case Audience.OFFERED_OFFICE:
            people = _supervisors_of(subject.receiver)
        case Audience.OFFERER:
            people = select(users.c.id).where(users.c.id == subject.receiver)
        case Audience.CONFERENCE:
            return await _everybody_in_the_chain(connection, subject)
        case Audience.COORDINATORS:
            people = select(users.c.id).where(users.c.role == Role.COORDINATOR, users.c.active)
    found = await connection.scalars(people)
    return [{"to_user_id": person, "to_agency_id": None} for person in found]


async def _everybody_in_the_chain(connection: AsyncConnection, subject: _Subject) -> list[Row]:
    """Return the supervisors of the office and of every agency that was asked.

    Each hears of it by the request that their own house knows.
    """
    ours = await connection.scalars(_supervisors_of(subject.sender))
    theirs = await connection.execute(
        select(users.c.id, referrals.c.id.label("referral_id"), referrals.c.clock_seq)
        .join(referrals, referrals.c.to_agency_id == users.c.agency_id)
        .where(
            referrals.c.chain_id == subject.chain_id,
            users.c.role == Role.SUPERVISOR,
            users.c.active,
        )
        .order_by(referrals.c.opened_at)
    )
    latest = {row.id: row for row in theirs}
    return [
        *({"to_user_id": person, "to_agency_id": None} for person in ours),
        *(
            {
                "to_user_id": row.id,
                "to_agency_id": None,
                "referral_id": row.referral_id,
                "clock_seq": row.clock_seq,
            }
            for row in latest.values()
        ),
    ]


def _supervisors_of(house: UUID) -> Select[tuple[UUID]]:
    return select(users.c.id).where(
        users.c.agency_id == house, users.c.role == Role.SUPERVISOR, users.c.active
    )


async def _house_to_escalate_to(connection: AsyncConnection, subject: _Subject) -> UUID:
    """Return the receiver if it agreed to that; otherwise the sender has to talk to it."""
    agreed = await connection.scalar(
        select(agencies.c.supervisors_are_told).where(agencies.c.id == subject.receiver)
    )
    return subject.receiver if agreed else subject.sender


# Put together once: that costs more than sending them.
_INSERT = insert(notifications).on_conflict_do_nothing(index_elements=["unique_key"])
_CASE_MANAGER = select(cases.c.case_manager_id).where(cases.c.id == bindparam("of_case"))
