"""Table of the gaps."""

from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Gap(SQLModel, table=True):
    """A stretch in which the client waits and nobody moves. ``agency_id``: who has to act.

    ``seq`` is the event that opened it: the referral's, or the case's where a step was not sent
    on (``referral_id`` null), where an entitlement runs out (``entitlement_id``), or where the case
    itself was offered in vain (all three null).
    """

    __tablename__ = "gaps"
    __table_args__ = (
        UniqueConstraint("referral_id", "seq"),
        Index(
            "gaps_of_steps",
            "case_id",
            "seq",
            unique=True,
            postgresql_where=text("referral_id is null"),
        ),
        Index("gaps_open", "kind", postgresql_where=text("closed_at is null")),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    path_id: UUID | None = Field(default=None, foreign_key="paths.id")
    step: str | None = None
    referral_id: UUID | None = Field(default=None, foreign_key="referrals.id")
    entitlement_id: UUID | None = Field(default=None, foreign_key="entitlements.id", index=True)
    seq: int
    kind: str
    party: str
    agency_id: UUID = Field(foreign_key="agencies.id", index=True)
    level: str
    cause: str | None = None
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None = None


gaps = SQLModel.metadata.tables["gaps"]
