"""Whether the reason of a notification still holds; looked at again right before it goes out."""

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, exists, or_

from service.accounts.tables import users
from service.cases.tables import cases, steps
from service.entitlements.tables import entitlements
from service.notifications.tables import notifications
from service.referrals.tables import conferences, referrals
from workflows.domain.notices import NoticeKind

_RECIPIENT = users.alias("recipient")

IS_DUE: ColumnElement[bool] = (
    notifications.c.sent_at.is_(None)
    & notifications.c.dropped_at.is_(None)
    & notifications.c.digest_id.is_(None)
    & (notifications.c.next_attempt_at <= bindparam("now"))
)

_CONFERENCE_IS_OPEN = exists().where(
    conferences.c.chain_id == referrals.c.chain_id, conferences.c.closed_at.is_(None)
)

IS_POINTLESS: ColumnElement[bool] = or_(
    and_(
        notifications.c.referral_id.is_not(None),
        referrals.c.clock_seq.is_distinct_from(notifications.c.clock_seq),
    ),
    and_(
        notifications.c.path_id.is_not(None),
        steps.c.clock_seq.is_distinct_from(notifications.c.clock_seq),
    ),
    and_(
        notifications.c.entitlement_id.is_not(None),
        entitlements.c.clock_seq.is_distinct_from(notifications.c.clock_seq),
    ),
    and_(notifications.c.kind == NoticeKind.CONFERENCE, ~_CONFERENCE_IS_OPEN),
    and_(notifications.c.kind == NoticeKind.CONFERENCE_ENDED, _CONFERENCE_IS_OPEN),
    and_(
        notifications.c.case_id.is_not(None),
        cases.c.offer_clock_seq.is_distinct_from(notifications.c.clock_seq),
    ),
    exists().where(_RECIPIENT.c.id == notifications.c.to_user_id, ~_RECIPIENT.c.active),
)
"""About a clock that has stopped: nobody is reminded of closed work. About a case conference that
is over, or a result that was taken back. Or to somebody who has left the house."""


def with_their_subjects() -> FromClause:
    """Return the notifications, each beside what it is about."""
    of_the_step = (steps.c.path_id == notifications.c.path_id) & (
        steps.c.key == notifications.c.step
    )
    return (
        notifications.outerjoin(referrals, referrals.c.id == notifications.c.referral_id)
        .outerjoin(steps, of_the_step)
        .outerjoin(entitlements, entitlements.c.id == notifications.c.entitlement_id)
        .outerjoin(cases, cases.c.id == notifications.c.case_id)
    )
