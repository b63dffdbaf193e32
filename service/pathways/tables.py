"""Tables of the pathways: every published version, for as long as a path runs on it."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class PathwayVersion(SQLModel, table=True):
    """One version of one definition. Published versions are never changed.

    ``source``: its text as it was written; null for those that were published before texts were
    kept. ``published_by``: who of the coordination did, null where it came with Nahtlos;
    ``based_on`` is the version that they began on (0: a new pathway), ``note`` says why.
    """

    __tablename__ = "pathway_versions"

    key: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    definition: dict[str, Any] = Field(sa_type=JSONB)
    published_at: AwareDatetime
    source: str | None = None
    published_by: UUID | None = Field(default=None, foreign_key="users.id")
    based_on: int | None = None
    note: str | None = None


class PathwayProposal(SQLModel, table=True):
    """A version that came with Nahtlos for a pathway that the coordination has made its own.

    ``version`` is its number in the shipped file. ``settled_at``: the coordination has published
    it, changed or not, or has put it aside.
    """

    __tablename__ = "pathway_proposals"

    key: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    definition: dict[str, Any] = Field(sa_type=JSONB)
    source: str
    proposed_at: AwareDatetime
    settled_at: AwareDatetime | None = None


pathway_versions = SQLModel.metadata.tables["pathway_versions"]
pathway_proposals = SQLModel.metadata.tables["pathway_proposals"]
