"""One effect for each request, however often it comes: the promise behind ``Idempotency-Key``.

The key is kept with the person, with a hash of what was asked, and with the cause under which
the ledger files the act. A request that comes again finds its cause, and the ledger says what
came of it: across restarts, after the case has ended, for as long as the rows are kept.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from pydantic import BaseModel
from sqlalchemy import ColumnElement, or_, select, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import paths, persons
from service.entitlements.tables import entitlements
from service.ledger.tables import events, idempotency_keys
from workflows.domain.case import OPENING
from workflows.domain.principal import Principal
from workflows.domain.referral_state import ActDone
from workflows.names import case_workflow_id, referral_workflow_id

_CAUSES = UUID("6f7d3c0e-5f0f-4c1e-9a52-6e61686c6f73")


class KeyUsedForAnotherRequest(Exception):
    """The same key came with another request. ``happened``: the first one had its effect.

    If not, it was not confirmed, and may still have it.
    """

    def __init__(self, *, happened: bool) -> None:
        """Take what became of the first request."""
        super().__init__()
        self.happened = happened


@dataclass(frozen=True)
class Promise:
    """What a key stands for. ``is_new``: this request is the first with it."""

    cause: str
    subject_id: UUID
    is_new: bool


async def make_promise(
    connection: AsyncConnection,
    principal: Principal,
    key: str,
    request: BaseModel,
    subject_id: UUID,
    now: datetime,
) -> Promise:
    """Reserve the key for this request, or find what it was reserved for.

    ``subject_id`` is what the request is about; a repeat gets the one of the first request, so
    that an id made for something new is made once. Raises KeyUsedForAnotherRequest.
    """
    cause = str(uuid5(_CAUSES, f"{principal.user_id}:{key}"))
    # A field that a later release adds, left at its default, is the same request.
    content = request.model_dump_json(exclude_defaults=True)
    request_hash = hashlib.sha256(content.encode()).hexdigest()
    inserted = await connection.execute(
        insert(idempotency_keys)
        .values(
            user_id=principal.user_id,
            key=key,
            request_hash=request_hash,
            cause=cause,
            subject_id=subject_id,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["user_id", "key"])
    )
    if inserted.rowcount:
        return Promise(cause=cause, subject_id=subject_id, is_new=True)
    kept = (
        await connection.execute(
            select(idempotency_keys.c.request_hash, idempotency_keys.c.subject_id).where(
                idempotency_keys.c.user_id == principal.user_id, idempotency_keys.c.key == key
            )
        )
    ).one()
    if kept.request_hash != request_hash:
        raise KeyUsedForAnotherRequest(happened=await _happened(connection, cause, kept.subject_id))
    return Promise(cause=cause, subject_id=kept.subject_id, is_new=False)


async def _happened(connection: AsyncConnection, cause: str, subject_id: UUID) -> bool:
    """Tell whether the ledger has the act: in the case or the referral that it was about.

    Where it made something new in a case, it is about that; then the case has the act.
    """
    places = (case_workflow_id(subject_id), referral_workflow_id(subject_id))
    of_it: ColumnElement[bool] = events.c.workflow_id.in_(places) & events.c.cause.in_(
        (cause, OPENING)
    )
    case_id = await _case_of(connection, subject_id)
    if case_id is not None:
        in_its_case = events.c.workflow_id == case_workflow_id(case_id)
        of_it = or_(of_it, in_its_case & (events.c.cause == cause))
    return await connection.scalar(select(events.c.seq).where(of_it).limit(1)) is not None


async def _case_of(connection: AsyncConnection, subject_id: UUID) -> UUID | None:
    """Return the case that has this path, this person or this entitlement, if there is one."""
    found: UUID | None = await connection.scalar(
        union_all(
            *(
                select(table.c.case_id).where(table.c.id == subject_id)
                for table in (paths, persons, entitlements)
            )
        )
    )
    return found


async def is_promised(connection: AsyncConnection, principal: Principal, key: str) -> bool:
    """Tell whether a request came with this key before."""
    found = await connection.scalar(
        select(idempotency_keys.c.cause).where(
            idempotency_keys.c.user_id == principal.user_id, idempotency_keys.c.key == key
        )
    )
    return found is not None


async def find_done(connection: AsyncConnection, workflow_id: str, cause: str) -> ActDone | None:
    """Return what came of an act, if the ledger has it."""
    found = (
        await connection.execute(
            select(events.c.seq, events.c.at, events.c.status).where(
                events.c.workflow_id == workflow_id, events.c.cause == cause
            )
        )
    ).one_or_none()
    if found is None:
        return None
    return ActDone(cause=cause, seq=found.seq, at=found.at, status=found.status, repeated=True)
