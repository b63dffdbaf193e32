"""References that may be an id or a readable key."""

from uuid import UUID


def as_uuid(reference: str) -> UUID | None:
    """Return the id that the text is, or None if it is something else."""
    try:
        return UUID(reference)
    except ValueError:
        return None
