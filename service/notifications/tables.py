"""Table of the notifications: the outbox of mails."""

from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel


class Notification(SQLModel, table=True):
    """Something to tell one recipient: a person, or the queue of an agency.

    It is about a referral, a step that was not sent on, an entitlement that runs out, or a case
    that is offered to another office, and about the clock ``clock_seq`` of that (null: that none
    runs); once that is not so any more, it is dropped instead of sent. ``delivery`` ``digest``
    waits for the morning's mail, a row of kind ``digest`` that is about nothing itself, and goes
    out with it (``digest_id``).
    ``unique_key`` keeps a repeated entry from writing a second one.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint("num_nonnulls(to_user_id, to_agency_id) = 1", name="one_recipient"),
        CheckConstraint(
            "num_nonnulls(referral_id, path_id, entitlement_id, case_id) = (kind <> 'digest')::int",
            name="one_subject",
        ),
        Index(
            "notifications_waiting",
            "next_attempt_at",
            postgresql_where=text("sent_at is null and dropped_at is null and digest_id is null"),
        ),
    )

    id: UUID = Field(primary_key=True)
    unique_key: str = Field(unique=True)
    message_id: str
    kind: str
    delivery: str
    referral_id: UUID | None = Field(default=None, foreign_key="referrals.id", index=True)
    path_id: UUID | None = Field(default=None, foreign_key="paths.id", index=True)
    step: str | None = None
    entitlement_id: UUID | None = Field(default=None, foreign_key="entitlements.id", index=True)
    case_id: UUID | None = Field(default=None, foreign_key="cases.id", index=True)
    clock_seq: int | None = None
    to_user_id: UUID | None = Field(default=None, foreign_key="users.id")
    to_agency_id: UUID | None = Field(default=None, foreign_key="agencies.id")
    digest_id: UUID | None = Field(default=None, foreign_key="notifications.id", index=True)
    created_at: AwareDatetime
    next_attempt_at: AwareDatetime
    attempts: int = 0
    last_error: str | None = None
    sent_at: AwareDatetime | None = None
    dropped_at: AwareDatetime | None = None


notifications = SQLModel.metadata.tables["notifications"]
