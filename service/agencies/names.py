"""An agency in one line, for pages and programs that mention it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class AgencyName:
    """What is needed to name an agency."""

    id: UUID
    key: str
    name: str
