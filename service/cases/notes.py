"""Notes: free text of people. The row comes first; the act carries nothing but its id."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.tables import notes
from workflows.domain.principal import Principal


async def write_note(
    connection: AsyncConnection,
    principal: Principal,
    case_id: UUID,
    cause: str,
    body: str | None,
    now: datetime,
    spoken_to: str | None = None,
) -> UUID | None:
    """Write the note that goes with an act and return its id; None if there is nothing to write.

    The id follows from the cause, so that a repeated act has the same note.
    """
    if not body and not spoken_to:
        return None
    note_id = note_id_of(cause)
    await connection.execute(
        insert(notes)
        .values(
            id=note_id,
            case_id=case_id,
            author_id=principal.user_id,
            body=body or "",
            spoken_to=spoken_to,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["id"])
    )
    return note_id


def note_id_of(cause: str) -> UUID:
    """Return the id of the note that goes with the act of that cause."""
    return uuid5(UUID(cause), "note")
