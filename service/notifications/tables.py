"""Table of the notifications: the outbox of mails."""

from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel


class Notification(SQLModel, table=True):
    """One mail to one recipient: a person, or the queue of an agency.

    ``clock_seq`` names the clock that it is about (null: that none runs); once that is not so any
    more, the mail is dropped instead of sent. ``unique_key`` keeps a repeated entry from writing
    a second one.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint("num_nonnulls(to_user_id, to_agency_id) = 1", name="one_recipient"),
        Index(
            "notifications_waiting",
            "next_attempt_at",
            postgresql_where=text("sent_at is null and dropped_at is null"),
        ),
    )

    id: UUID = Field(primary_key=True)
    unique_key: str = Field(unique=True)
    message_id: str
    kind: str
    referral_id: UUID = Field(foreign_key="referrals.id", index=True)
    clock_seq: int | None = None
    to_user_id: UUID | None = Field(default=None, foreign_key="users.id")
    to_agency_id: UUID | None = Field(default=None, foreign_key="agencies.id")
    created_at: AwareDatetime
    next_attempt_at: AwareDatetime
    attempts: int = 0
    last_error: str | None = None
    sent_at: AwareDatetime | None = None
    dropped_at: AwareDatetime | None = None


notifications = SQLModel.metadata.tables["notifications"]
