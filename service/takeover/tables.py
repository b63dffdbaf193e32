"""Tables of the takeover: what came in, and lists that are being taken over."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class TakenList(SQLModel, table=True):
    """A list of cases that somebody uploaded: checked, being taken over, or done.

    ``report``: what was wrong, as codes and parameters. It goes some days after the list is done.
    """

    __tablename__ = "takeover_lists"

    id: UUID = Field(primary_key=True)
    office_id: UUID = Field(foreign_key="agencies.id", index=True)
    uploaded_by: UUID = Field(foreign_key="users.id")
    uploaded_at: AwareDatetime
    started_at: AwareDatetime | None = None
    done_at: AwareDatetime | None = None
    rows: int
    known: int
    cases: int
    report: list[dict[str, Any]] = Field(sa_type=JSONB)
    ignored: list[str] = Field(sa_type=JSONB)


class StagedCase(SQLModel, table=True):
    """A case of a list that is not taken over yet. The row goes with the takeover."""

    __tablename__ = "takeover_cases"

    list_id: UUID = Field(primary_key=True, foreign_key="takeover_lists.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    reference: str
    first_row: int
    story: dict[str, Any] = Field(sa_type=JSONB)


class Takeover(SQLModel, table=True):
    """A case that was taken over from a list: one for each reference of an office, for good.

    ``started``: its workflows run, so that it can be worked on.
    """

    __tablename__ = "takeovers"
    __table_args__ = (
        Index("takeovers_to_start", "taken_over_at", postgresql_where=text("not started")),
    )

    office_id: UUID = Field(primary_key=True, foreign_key="agencies.id")
    reference: str = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", unique=True)
    taken_over_at: AwareDatetime
    list_id: UUID | None = Field(default=None, index=True)
    started: bool = False


takeover_lists = SQLModel.metadata.tables["takeover_lists"]
takeover_cases = SQLModel.metadata.tables["takeover_cases"]
takeovers = SQLModel.metadata.tables["takeovers"]
