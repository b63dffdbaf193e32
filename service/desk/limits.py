"""How much of a list is shown, and how to see more of it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request

ROWS = 50
MOST_ROWS = 1000


@dataclass(frozen=True)
class Shown:
    """The first ``rows`` of a list; the query asks for one more, to know whether there is one."""

    path: str
    rows: int

    @property
    def limit(self) -> int:
        """The number of rows to ask the database for."""
        return self.rows + 1

    def more(self, found: int) -> str | None:
        """Return the address that shows more, None if that is all."""
        if found <= self.rows or self.rows >= MOST_ROWS:
            return None
        return f"{self.path}?shown={min(self.rows * 2, MOST_ROWS)}"


def _shown(request: Request, shown: Annotated[int, Query(ge=1, le=MOST_ROWS)] = ROWS) -> Shown:
    return Shown(request.url.path, shown)


HowMany = Annotated[Shown, Depends(_shown)]
"""How many rows the visitor asked for."""
