"""Versions that came with Nahtlos for pathways that the coordination has made its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.pathways.files import Source
from service.pathways.repository import EDITS, check_edits
from service.pathways.tables import pathway_proposals
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal, Role


@dataclass(frozen=True)
class Proposal:
    """What is proposed. The version of ``pathway`` is its number in the shipped file."""

    pathway: Pathway
    text: str
    at: datetime


async def propose(
    connection: AsyncConnection, principal: Principal, source: Source, now: datetime
) -> None:
    """Propose it to the coordination; once for each version, whatever became of it."""
    if principal.role is not Role.SYSTEM:
        raise PermissionError("Only Nahtlos itself proposes what comes with it.")
    await connection.execute(
        insert(pathway_proposals)
        .values(
            key=source.pathway.key,
            version=source.pathway.version,
            definition=source.pathway.model_dump(mode="json"),
            source=source.text,
            proposed_at=now,
        )
        .on_conflict_do_nothing()
    )


async def open_proposals(connection: AsyncConnection, principal: Principal) -> dict[str, Proposal]:
    """Return the newest open proposal of each pathway, by key; none but for the coordination."""
    if principal.role not in EDITS:
        return {}
    rows = await connection.execute(
        select(
            pathway_proposals.c.definition,
            pathway_proposals.c.source,
            pathway_proposals.c.proposed_at,
        )
        .ext(distinct_on(pathway_proposals.c.key))
        .where(pathway_proposals.c.settled_at.is_(None))
        .order_by(pathway_proposals.c.key, pathway_proposals.c.version.desc())
    )
    found = (
        Proposal(Pathway.model_validate(row.definition), row.source, row.proposed_at)
        for row in rows
    )
    return {proposal.pathway.key: proposal for proposal in found}


async def settle(
    connection: AsyncConnection, principal: Principal, key: str, version: int, now: datetime
) -> None:
    """Note that the coordination has dealt with this proposal and those before it.

    Raises PermissionError for everybody else.
    """
    check_edits(principal)
    await connection.execute(
        update(pathway_proposals)
        .where(
            pathway_proposals.c.key == key,
            pathway_proposals.c.version <= version,
            pathway_proposals.c.settled_at.is_(None),
        )
        .values(settled_at=now)
    )
