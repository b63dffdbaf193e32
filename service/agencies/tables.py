"""Tables of the directory."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class Municipality(SQLModel, table=True):
    """A municipality, by its official key (AGS, 8 digits)."""

    __tablename__ = "municipalities"

    ags: str = Field(primary_key=True)
    name: str
    sort_key: str


class Agency(SQLModel, table=True):
    """An office, school or association that can hold a referral.

    ``on_board``: its people work in Nahtlos. The others are reached by telephone or fax, and
    the sender records their answers. ``queue_address`` is the mailbox of the whole agency.
    ``supervisors_are_told``: it agreed that its supervisors hear of gaps.
    """

    __tablename__ = "agencies"
    __table_args__ = (
        CheckConstraint("not on_board or queue_address is not null", name="agencies_reachable"),
    )

    id: UUID = Field(primary_key=True)
    key: str = Field(unique=True)
    name: str
    sort_key: str
    legal_area: str = Field(index=True)
    on_board: bool
    queue_address: str | None = None
    telephone: str | None = None
    fax: str | None = None
    capacity: str = "available"
    full_until: date | None = None
    supervisors_are_told: bool = False


class AgencyMunicipality(SQLModel, table=True):
    """Where an agency is competent."""

    __tablename__ = "agency_municipalities"

    agency_id: UUID = Field(primary_key=True, foreign_key="agencies.id")
    ags: str = Field(primary_key=True, foreign_key="municipalities.ags", index=True)


class ClosingDay(SQLModel, table=True):
    """A working day on which an agency is closed (calendar day in Berlin)."""

    __tablename__ = "closing_days"

    agency_id: UUID = Field(primary_key=True, foreign_key="agencies.id")
    day: date = Field(primary_key=True)


municipalities = SQLModel.metadata.tables["municipalities"]
agencies = SQLModel.metadata.tables["agencies"]
agency_municipalities = SQLModel.metadata.tables["agency_municipalities"]
closing_days = SQLModel.metadata.tables["closing_days"]
