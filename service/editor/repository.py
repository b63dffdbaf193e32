"""The queries of the editor: the text to begin with, and adding what was written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.pathways.repository import check_edits
from service.pathways.tables import pathway_versions
from service.pathways.writing import text_of
from workflows.domain.pathway import Pathway
from workflows.domain.pathway_changes import changes_between
from workflows.domain.principal import Principal

NEW = 0
"""What a new pathway is based on."""


@dataclass(frozen=True)
class Edition:
    """A version with its text."""

    pathway: Pathway
    text: str


@dataclass(frozen=True)
class Writing:
    """Who wrote something on which version, why, and when it is published (UTC)."""

    author: Principal
    based_on: int
    note: str
    now: datetime


async def newest_edition(
    connection: AsyncConnection, principal: Principal, key: str
) -> Edition | None:
    """Return the newest version with its text; None if there is no such pathway.

    Of a version that was published before texts were kept, the text is written from what it says.
    Raises PermissionError for everybody but the coordination.
    """
    check_edits(principal)
    row = (
        await connection.execute(
            select(pathway_versions.c.definition, pathway_versions.c.source)
            .where(pathway_versions.c.key == key)
            .order_by(pathway_versions.c.version.desc())
            .limit(1)
        )
    ).one_or_none()
    if row is None:
        return None
    pathway = Pathway.model_validate(row.definition)
    return Edition(pathway, row.source or text_of(pathway))


async def all_keys(connection: AsyncConnection, principal: Principal) -> frozenset[str]:
    """Return the keys of every pathway. Raises PermissionError."""
    check_edits(principal)
    return frozenset(await connection.scalars(select(pathway_versions.c.key).distinct()))


async def published_alike(
    connection: AsyncConnection, writing: Writing, pathway: Pathway
) -> int | None:
    """Return the version that the same person made of the same on that base; None without."""
    rows = await connection.execute(
        select(pathway_versions.c.definition)
        .where(
            pathway_versions.c.key == pathway.key,
            pathway_versions.c.published_by == writing.author.user_id,
            pathway_versions.c.based_on == writing.based_on,
            pathway_versions.c.note == writing.note,
        )
        .order_by(pathway_versions.c.version.desc())
    )
    for row in rows:
        published = Pathway.model_validate(row.definition)
        if not changes_between(published, pathway):
            return published.version
    return None


async def add_version(connection: AsyncConnection, writing: Writing, edition: Edition) -> bool:
    """Publish a version and tell so; False if its number is taken. Raises PermissionError."""
    check_edits(writing.author)
    pathway = edition.pathway
    inserted = await connection.execute(
        insert(pathway_versions)
        .values(
            key=pathway.key,
            version=pathway.version,
            definition=pathway.model_dump(mode="json"),
            published_at=writing.now,
            source=edition.text,
            published_by=writing.author.user_id,
            based_on=writing.based_on,
            note=writing.note,
        )
        .on_conflict_do_nothing()
    )
    return bool(inserted.rowcount)
