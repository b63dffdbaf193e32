"""The outbox on PostgreSQL: what waits to be mailed, looked at again before it goes out."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.ports import AppointmentMade, Letter, Matter
from service.accounts.tables import users
from service.agencies.tables import agencies
from service.cases.tables import cases, steps
from service.database import Database
from service.entitlements.tables import entitlements
from service.ledger.tables import workflow_states
from service.notifications.digests import gather_digests
from service.notifications.reasons import IS_DUE, IS_POINTLESS, with_their_subjects
from service.notifications.tables import notifications
from service.referrals.tables import referrals
from workflows.domain.digest import DIGEST
from workflows.domain.notices import Delivery, NoticeKind
from workflows.domain.referral_state import ReferralState
from workflows.names import referral_workflow_id

LEASE = timedelta(minutes=12)
"""So long a letter belongs to the worker that took it: longer than handing it over can take.
After a crash another one takes it.
"""


class PostgresOutbox:
    """Implements the port ``activities.ports.Outbox``."""

    def __init__(self, database: Database) -> None:
        """Take the database that holds the outbox."""
        self._database = database

    async def next_letter(self, now: datetime) -> Letter | None:
        """Take the next letter whose reason still holds; drop those whose reason is gone."""
        async with self._database.transaction() as connection:
            await gather_digests(connection, now)
            while found := (await connection.execute(_TAKE_NEXT, _at(now))).one_or_none():
                if letter := await _letter(connection, found, now):
                    return letter
            await connection.execute(_DROP_POINTLESS, _at(now))
            return None

    async def sent(self, letter: Letter, now: datetime) -> None:
        """Note that the mail server has taken the letter, and with it what it was about."""
        async with self._database.transaction() as connection:
            await connection.execute(_NOTE_SENT, {"sent": letter.notification_id, "at": now})

    async def postpone(self, letter: Letter, until: datetime, error: str) -> None:
        """Note that it did not work, and when to try again."""
        async with self._database.transaction() as connection:
            await connection.execute(
                update(notifications)
                .where(notifications.c.id == letter.notification_id)
                .values(next_attempt_at=until, last_error=error)
            )


async def _letter(connection: AsyncConnection, found: Row[Any], now: datetime) -> Letter | None:
    """Return the letter; None: nothing of what it was to tell this morning holds any more."""
    is_digest = found.kind == DIGEST
    matters = [_matter(found)] if not is_digest else await _gathered(connection, found, now)
    if not matters:
        return None
    appointment = None
    if found.kind == NoticeKind.APPOINTMENT:
        appointment = await _appointment(connection, found)
    return Letter(
        notification_id=found.notification_id,
        message_id=found.message_id,
        language=found.language,
        to_address=found.to_address,
        attempts=found.attempts,
        is_digest=is_digest,
        matters=tuple(matters),
        appointment=appointment,
    )


async def _gathered(connection: AsyncConnection, digest: Row[Any], now: datetime) -> list[Matter]:
    """Return the latest news of each matter, by deadline; drop it all if nothing holds."""
    belongs = {"digest": digest.notification_id}
    await connection.execute(_DROP_GATHERED, belongs | {"now": now})
    rows = (await connection.execute(_GATHERED, belongs)).all()
    if not rows:
        await connection.execute(_DROP, {"dropped": digest.notification_id, "now": now})
    latest = {
        (row.referral_id or row.entitlement_id or row.case_id, row.path_id, row.step): row
        for row in rows
    }
    never = datetime.max.replace(tzinfo=now.tzinfo)
    matters = [_matter(row) for row in latest.values()]
    return sorted(matters, key=lambda matter: matter.due_at or never)


def _matter(row: Row[*tuple[Any, ...]]) -> Matter:
    about = row.kind
    if row.referral_id is None:
        about = f"{_subject(row)}-{row.kind}"
    return Matter(
        about=about,
        case_id=row.case_id,
        referral_id=row.referral_id,
        due_at=row.due_at,
    )


def _subject(row: Row[*tuple[Any, ...]]) -> str:
    if row.step:
        return "step"
    return "entitlement" if row.entitlement_id else "case"


async def _appointment(connection: AsyncConnection, found: Row[Any]) -> AppointmentMade | None:
    row = (
        await connection.execute(
            _APPOINTMENT,
            {
                "workflow": referral_workflow_id(found.referral_id),
                "referral": found.referral_id,
            },
        )
    ).one()
    state = ReferralState.model_validate(row.state)
    if state.appointment is None or state.clock is None:
        return None
    return AppointmentMade(
        referral_id=state.referral_id,
        agency=row.name,
        at=state.appointment.at,
        made_at=state.clock.since,
        seq=state.clock.seq,
        interpreter=state.appointment.interpreter,
    )


def _at(now: datetime) -> dict[str, datetime]:
    return {"now": now, "until": now + LEASE}


_WHAT_A_MATTER_NEEDS = (
    notifications.c.kind,
    notifications.c.referral_id,
    notifications.c.path_id,
    notifications.c.step,
    notifications.c.entitlement_id,
    func.coalesce(referrals.c.case_id, steps.c.case_id, entitlements.c.case_id, cases.c.id).label(
        "case_id"
    ),
    func.coalesce(
        referrals.c.clock_due_at,
        steps.c.clock_due_at,
        entitlements.c.clock_due_at,
        cases.c.offer_due_at,
    ).label("due_at"),
)


def _take_next() -> Select[Any]:
    """Return the one statement that finds the next letter, leases it and reads it."""
    found = (
        select(
            *_WHAT_A_MATTER_NEEDS,
            notifications.c.id.label("notification_id"),
            notifications.c.message_id,
            func.coalesce(users.c.language, "de").label("language"),
            func.coalesce(users.c.email, agencies.c.queue_address).label("to_address"),
            notifications.c.attempts,
        )
        .select_from(with_their_subjects())
        .outerjoin(users, (users.c.id == notifications.c.to_user_id) & users.c.active)
        .outerjoin(agencies, agencies.c.id == notifications.c.to_agency_id)
        .where(IS_DUE, notifications.c.delivery != Delivery.DIGEST, ~IS_POINTLESS)
        .order_by(notifications.c.next_attempt_at, notifications.c.id)
        .limit(1)
        .with_for_update(of=notifications, skip_locked=True)
        .cte("found")
    )
    taken = (
        update(notifications)
        .where(notifications.c.id == found.c.notification_id)
        .values(next_attempt_at=bindparam("until"), attempts=notifications.c.attempts + 1)
        .returning(notifications.c.id)
        .cte("taken")
    )
    return select(found).join(taken, taken.c.id == found.c.notification_id)


# Put together once: that costs more than sending them.
_TAKE_NEXT = _take_next()
_IS_OF_THE_DIGEST = (
    notifications.c.digest_id == bindparam("digest"),
    notifications.c.dropped_at.is_(None),
)
_GATHERED = (
    select(*_WHAT_A_MATTER_NEEDS)
    .select_from(with_their_subjects())
    .where(*_IS_OF_THE_DIGEST)
    .order_by(notifications.c.created_at, notifications.c.id)
)
_ids = select(notifications.c.id).select_from(with_their_subjects())
_DROP_GATHERED = (
    update(notifications)
    .where(notifications.c.id.in_(_ids.where(*_IS_OF_THE_DIGEST, IS_POINTLESS)))
    .values(dropped_at=bindparam("now"))
)
_DROP_POINTLESS = (
    update(notifications)
    .where(notifications.c.id.in_(_ids.where(IS_DUE, IS_POINTLESS)))
    .values(dropped_at=bindparam("now"))
)
_DROP = (
    update(notifications)
    .where(notifications.c.id == bindparam("dropped"))
    .values(dropped_at=bindparam("now"))
)
_NOTE_SENT = (
    update(notifications)
    .where(
        or_(
            notifications.c.id == bindparam("sent"), notifications.c.digest_id == bindparam("sent")
        ),
        notifications.c.dropped_at.is_(None),
    )
    .values(sent_at=bindparam("at"), last_error=None)
)
_APPOINTMENT = (
    select(workflow_states.c.state, agencies.c.name)
    .select_from(workflow_states)
    .join(referrals, referrals.c.id == bindparam("referral"))
    .join(agencies, agencies.c.id == referrals.c.to_agency_id)
    .where(workflow_states.c.workflow_id == bindparam("workflow"))
)
