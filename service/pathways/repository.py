"""The queries of the pathways: published versions are added and read, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tables import users
from service.pathways.tables import pathway_versions
from workflows.domain.pathway import Pathway, Texts
from workflows.domain.principal import Principal, Role

EDITS = frozenset({Role.COORDINATOR})
"""Who writes pathways and publishes them. What comes with Nahtlos is published by itself."""


class VersionTaken(Exception):
    """A version is published already, with another content. The message is for a person."""


def check_edits(principal: Principal) -> None:
    """Raise PermissionError for everybody but the coordination."""
    if principal.role not in EDITS:
        raise PermissionError("Only the coordination edits pathways.")


async def publish(
    connection: AsyncConnection,
    principal: Principal,
    pathways: Iterable[Pathway],
    now: datetime,
    texts: Mapping[str, str] | None = None,
) -> list[Pathway]:
    """Publish those versions that come with Nahtlos and are missing, and return them.

    ``texts``: what their files say, by key. Raises VersionTaken where a published version differs:
    paths run on it, so it stays as it is. Raises PermissionError for everybody but the engine.
    """
    if principal.role is not Role.SYSTEM:
        raise PermissionError("Only Nahtlos itself publishes what comes with it.")
    texts = texts or {}
    return [
        pathway
        for pathway in pathways
        if await _published_now(connection, pathway, texts.get(pathway.key), now)
    ]


async def get(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001 - pathways are open to everybody signed in
    key: str,
    version: int | None = None,
) -> Pathway | None:
    """Return a published version, the newest without a number; None if there is none."""
    query = (
        select(pathway_versions.c.definition)
        .where(pathway_versions.c.key == key)
        .order_by(pathway_versions.c.version.desc())
        .limit(1)
    )
    if version is not None:
        query = query.where(pathway_versions.c.version == version)
    definition = await connection.scalar(query)
    return None if definition is None else Pathway.model_validate(definition)


async def newest(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
) -> list[Pathway]:
    """Return the newest version of every pathway, by key."""
    definitions = await connection.scalars(
        select(pathway_versions.c.definition)
        .ext(distinct_on(pathway_versions.c.key))
        .order_by(pathway_versions.c.key, pathway_versions.c.version.desc())
    )
    return [Pathway.model_validate(definition) for definition in definitions]


async def titles(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
) -> dict[str, Texts]:
    """Return what every pathway is called for people, in its newest version, by key."""
    rows = await connection.execute(
        select(pathway_versions.c.key, pathway_versions.c.definition["title"].label("title"))
        .ext(distinct_on(pathway_versions.c.key))
        .order_by(pathway_versions.c.key, pathway_versions.c.version.desc())
    )
    return {row.key: Texts.model_validate(row.title) for row in rows}


@dataclass(frozen=True)
class Published:
    """A version, and when it was published (UTC).

    ``by`` is who published it, by name, and ``note`` why; both None where it came with Nahtlos.
    """

    pathway: Pathway
    at: datetime
    by: str | None
    note: str | None


async def versions_of(
    connection: AsyncConnection,
    principal: Principal,  # noqa: ARG001
    key: str,
    *,
    since: int = 1,
) -> list[Published]:
    """Return the published versions of a pathway from this one on, the newest first."""
    rows = await connection.execute(
        select(
            pathway_versions.c.definition,
            pathway_versions.c.published_at,
            users.c.display_name,
            pathway_versions.c.note,
        )
        .join(users, users.c.id == pathway_versions.c.published_by, isouter=True)
        .where(pathway_versions.c.key == key, pathway_versions.c.version >= since)
        .order_by(pathway_versions.c.version.desc())
    )
    return [
        Published(
            Pathway.model_validate(row.definition), row.published_at, row.display_name, row.note
        )
        for row in rows
    ]


async def _published_now(
    connection: AsyncConnection, pathway: Pathway, text: str | None, now: datetime
) -> bool:
    inserted = await connection.execute(
        insert(pathway_versions)
        .values(
            key=pathway.key,
            version=pathway.version,
            definition=pathway.model_dump(mode="json"),
            published_at=now,
            source=text,
        )
        .on_conflict_do_nothing()
    )
    if inserted.rowcount:
        return True
    published = await get(connection, Principal.system(), pathway.key, pathway.version)
    if published != pathway:
        raise VersionTaken(
            f"Version {pathway.version} of the pathway '{pathway.key}' is published already and "
            f"differs from this one: raise 'version' to {pathway.version + 1} or higher in its "
            "file."
        )
    return False
