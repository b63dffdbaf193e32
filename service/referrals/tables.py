"""Tables of the referrals, and who may see what."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Referral(SQLModel, table=True):
    """One request to one agency: the read model of ``ReferralState``."""

    __tablename__ = "referrals"
    __table_args__ = (
        Index(
            "referrals_inbox",
            "to_agency_id",
            "clock_due_at",
            "id",
            postgresql_where=text("closed_at is null"),
        ),
        Index(
            "referrals_outbox",
            "from_agency_id",
            "clock_due_at",
            "id",
            postgresql_where=text("closed_at is null"),
        ),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    path_id: UUID = Field(foreign_key="paths.id")
    step: str
    from_agency_id: UUID = Field(foreign_key="agencies.id")
    to_agency_id: UUID = Field(foreign_key="agencies.id")
    on_board: bool
    status: str
    business_status: str | None = None
    claimed_by: UUID | None = Field(default=None, foreign_key="users.id")
    opened_at: AwareDatetime
    referred_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    clock_party: str | None = None
    clock_since: AwareDatetime | None = None
    clock_due_at: AwareDatetime | None = None
    clock_seq: int | None = None
    seq: int
    changed_seq: int
    predecessor_id: UUID | None = Field(default=None, foreign_key="referrals.id", index=True)
    chain_id: UUID = Field(index=True)
    """The first of the referrals that took on from each other."""
    basis_consent_id: UUID | None = Field(default=None, foreign_key="consents.id")
    basis_statute: str | None = None
    fields: list[str] = Field(sa_type=JSONB)
    note_id: UUID | None = Field(default=None, foreign_key="notes.id")
    application_benefit: str | None = None
    application_office_id: UUID | None = Field(default=None, foreign_key="agencies.id")
    application_filed_on: date | None = None


class Conference(SQLModel, table=True):
    """A case conference that a bounce has opened: the read model of ``Conference``."""

    __tablename__ = "conferences"

    referral_id: UUID = Field(primary_key=True, foreign_key="referrals.id")
    chain_id: UUID = Field(index=True)
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    agreed_agency_id: UUID | None = Field(default=None, foreign_key="agencies.id")
    next_step: str | None = None


class ClockSpan(SQLModel, table=True):
    """A stretch of a referral's life that is over; the running one stands in its row."""

    __tablename__ = "clock_spans"

    referral_id: UUID = Field(primary_key=True, foreign_key="referrals.id")
    seq: int = Field(primary_key=True)
    party: str
    status: str
    since: AwareDatetime
    until: AwareDatetime


class Access(SQLModel, table=True):
    """An agency may see a case or a referral, from one instant to another (null: until further).

    Every query of cases and referrals joins this table: a check that is forgotten elsewhere
    then shows nothing instead of everything.
    """

    __tablename__ = "access"
    __table_args__ = (
        CheckConstraint("num_nonnulls(case_id, referral_id) = 1", name="access_one_subject"),
        UniqueConstraint("agency_id", "case_id", "referral_id", postgresql_nulls_not_distinct=True),
    )

    id: UUID = Field(primary_key=True)
    agency_id: UUID = Field(foreign_key="agencies.id")
    case_id: UUID | None = Field(default=None, foreign_key="cases.id", index=True)
    referral_id: UUID | None = Field(default=None, foreign_key="referrals.id", index=True)
    side: str
    from_at: AwareDatetime
    until_at: AwareDatetime | None = None


referrals = SQLModel.metadata.tables["referrals"]
conferences = SQLModel.metadata.tables["conferences"]
clock_spans = SQLModel.metadata.tables["clock_spans"]
access = SQLModel.metadata.tables["access"]
