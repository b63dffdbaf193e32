"""What comes with Nahtlos, at each start: published, or proposed to the coordination.

A pathway that the coordination has made its own is never changed by an upgrade (decision 23).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.pathways.files import Source
from service.pathways.proposals import propose
from service.pathways.repository import publish
from service.pathways.tables import pathway_versions
from workflows.domain.pathway import Pathway
from workflows.domain.pathway_changes import changes_between
from workflows.domain.principal import Principal


@dataclass(frozen=True)
class _Known:
    """A version that is published already, by the coordination or as it came."""

    pathway: Pathway
    is_own: bool


async def ship(
    connection: AsyncConnection, principal: Principal, sources: Sequence[Source], now: datetime
) -> None:
    """Publish what is missing, and propose what cannot be published by itself.

    Raises VersionTaken where a shipped file changed but not its version.
    """
    known = await _known(connection, (source.pathway.key for source in sources))
    for source in sources:
        pathway, versions = source.pathway, known.get(source.pathway.key, {})
        if not _meets_own(pathway, versions):
            texts = {pathway.key: source.text}
            await publish(connection, principal, [pathway], now, texts)
        elif changes_between(_newest(versions).pathway, pathway):
            await propose(connection, principal, source, now)


def _meets_own(pathway: Pathway, versions: dict[int, _Known]) -> bool:
    """Tell whether it is new here, and the newest version is the coordination's own."""
    same_number = versions.get(pathway.version)
    came_before = same_number is not None and not same_number.is_own
    return bool(versions) and not came_before and _newest(versions).is_own


def _newest(versions: dict[int, _Known]) -> _Known:
    return versions[max(versions)]


async def _known(connection: AsyncConnection, keys: Iterable[str]) -> dict[str, dict[int, _Known]]:
    rows = await connection.execute(
        select(
            pathway_versions.c.definition,
            pathway_versions.c.published_by.is_not(None).label("is_own"),
        ).where(pathway_versions.c.key.in_(sorted(keys)))
    )
    found: dict[str, dict[int, _Known]] = {}
    for row in rows:
        pathway = Pathway.model_validate(row.definition)
        found.setdefault(pathway.key, {})[pathway.version] = _Known(pathway, row.is_own)
    return found
