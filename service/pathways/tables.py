"""Table of the pathways: every published version, for as long as a path runs on it."""

from typing import Any

from pydantic import AwareDatetime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class PathwayVersion(SQLModel, table=True):
    """One version of one definition. Published versions are never changed."""

    __tablename__ = "pathway_versions"

    key: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    definition: dict[str, Any] = Field(sa_type=JSONB)
    published_at: AwareDatetime


pathway_versions = SQLModel.metadata.tables["pathway_versions"]
