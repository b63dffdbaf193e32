"""Tables of the cases. Names, birth dates and notes live here and nowhere else."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Case(SQLModel, table=True):
    """One household under one case manager of one office.

    ``offered_to_id``: the office that it is offered to, until that one answers.
    """

    __tablename__ = "cases"

    id: UUID = Field(primary_key=True)
    status: str
    municipality: str = Field(foreign_key="municipalities.ags")
    office_id: UUID = Field(foreign_key="agencies.id", index=True)
    case_manager_id: UUID = Field(foreign_key="users.id", index=True)
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    outcome: str | None = None
    seq: int = 0
    offered_to_id: UUID | None = Field(default=None, foreign_key="agencies.id", index=True)
    offered_since: AwareDatetime | None = None
    offer_due_at: AwareDatetime | None = None
    offer_clock_seq: int | None = None
    offer_note_id: UUID | None = None


class Person(SQLModel, table=True):
    """A member of a household, or who was one until ``left_on`` (days in Berlin).

    ``position`` is the place in the household, null until the case has taken the person in.
    ``names_case``: the case is named after this person. ``identity_key`` is the same for what is
    likely to be the same person: see ``service.cases.identity``.
    """

    __tablename__ = "persons"
    __table_args__ = (
        Index("persons_not_taken_in", "id", postgresql_where=text("position is null")),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    position: int | None = None
    names_case: bool = False
    given_name: str
    family_name: str
    sort_key: str
    identity_key: str = Field(index=True)
    birth_date: date
    languages: list[str] = Field(sa_type=JSONB)
    role: str
    interpreter: bool = False
    joined_on: date | None = None
    """Null: the person belonged to the household when the case was opened."""
    taken_in_at: AwareDatetime | None = None
    """When somebody who joined later was taken in; null: when the case was opened."""
    left_on: date | None = None
    left_reason: str | None = None


class Path(SQLModel, table=True):
    """One pathway, run for one member or for the whole household (``member_id`` null)."""

    __tablename__ = "paths"
    __table_args__ = (
        ForeignKeyConstraint(
            ["pathway", "version"], ["pathway_versions.key", "pathway_versions.version"]
        ),
        Index("paths_by_version", "pathway", "version"),
    )

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    position: int
    pathway: str
    version: int
    member_id: UUID | None = Field(default=None, foreign_key="persons.id")


class Step(SQLModel, table=True):
    """One step of a path as the case's workflow sees it: the read model of ``StepState``."""

    __tablename__ = "steps"

    path_id: UUID = Field(primary_key=True, foreign_key="paths.id")
    key: str = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    position: int
    legal_area: str
    status: str
    responsible_id: UUID | None = Field(default=None, foreign_key="agencies.id")
    clock_party: str | None = None
    clock_since: AwareDatetime | None = None
    clock_due_at: AwareDatetime | None = Field(default=None, index=True)
    clock_seq: int | None = None
    """The event that started the office's own clock; null while that of the referral counts."""
    referral_id: UUID | None = None
    version: int
    """The version of the path's pathway that describes it: the one on which it began."""


class Consent(SQLModel, table=True):
    """A person's consent: these fields, for this purpose, to this agency or legal area."""

    __tablename__ = "consents"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    member_id: UUID = Field(foreign_key="persons.id")
    agency_id: UUID | None = Field(default=None, foreign_key="agencies.id")
    legal_area: str | None = None
    fields: list[str] = Field(sa_type=JSONB)
    purpose: str
    given_on: date
    form: str
    valid_until: date
    withdrawn_on: date | None = None


class Note(SQLModel, table=True):
    """Free text of a person. Written before the act that it belongs to, which carries its id."""

    __tablename__ = "notes"

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="cases.id", index=True)
    author_id: UUID = Field(foreign_key="users.id")
    body: str
    spoken_to: str | None = None
    created_at: AwareDatetime


cases = SQLModel.metadata.tables["cases"]
persons = SQLModel.metadata.tables["persons"]
paths = SQLModel.metadata.tables["paths"]
steps = SQLModel.metadata.tables["steps"]
consents = SQLModel.metadata.tables["consents"]
notes = SQLModel.metadata.tables["notes"]
