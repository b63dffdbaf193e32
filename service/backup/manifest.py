"""What a backup says of itself."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

FORMAT = 1
"""Raised with every change that an older version could not read."""


class Manifest(BaseModel):
    """The small file beside the dump. Fields are only ever added, with defaults."""

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    application: str
    """Version of Nahtlos that wrote it."""
    schema_revision: str
    """Revision of the tables in it."""
    taken_at: AwareDatetime
    """When its snapshot was taken (UTC): what was confirmed before is in it."""
    rights: dict[str, tuple[str, ...]]
    """Rights of the application's role by table. The dump has none: the role's name may differ."""
    dump_bytes: int
    dump_sha256: str
