"""Table of the entitlements: the read model of what a case's workflow keeps of them."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel


class Entitlement(SQLModel, table=True):
    """What a member of a household may do or gets. Days in Berlin.

    ``last_day`` is the one that counts: the effective end where that is known, otherwise the one
    on paper, null while nothing ends it. ``clock_due_at``: by when the office has to have acted;
    ``clock_seq`` is the event that started that clock. ``path_id``: started for what follows.
    """

    __tablename__ = "entitlements"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    member_id: UUID = Field(foreign_key="persons.id")
    kind: str
    area: str
    starts_on: date
    printed_until: date | None = None
    effective_until: date | None = None
    until_decided: bool
    last_day: date | None = None
    path_id: UUID | None = Field(default=None, foreign_key="paths.id")
    let_go: str | None = None
    clock_since: AwareDatetime | None = None
    clock_due_at: AwareDatetime | None = Field(default=None, index=True)
    clock_seq: int | None = None


entitlements = SQLModel.metadata.tables["entitlements"]
