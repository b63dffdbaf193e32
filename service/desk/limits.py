"""How much of a list is shown, and how to see more of it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.datastructures import URL

ROWS = 50
MOST_ROWS = 1000


@dataclass(frozen=True)
class Shown:
    """The first ``rows`` of the list at ``url``.

    The query asks for one more, to know whether there is one.
    """

    url: URL
    rows: int

    @property
    def limit(self) -> int:
        """The number of rows to ask the database for."""
        return self.rows + 1

    def more(self, found: int) -> str | None:
        """Return the address that shows more, with the same filter; None if that is all."""
        if found <= self.rows or self.rows >= MOST_ROWS:
            return None
        more = self.url.include_query_params(shown=min(self.rows * 2, MOST_ROWS))
        return f"{more.path}?{more.query}"


async def _shown(
    request: Request, shown: Annotated[int, Query(ge=1, le=MOST_ROWS)] = ROWS
) -> Shown:
    return Shown(request.url, shown)


HowMany = Annotated[Shown, Depends(_shown)]
"""How many rows the visitor asked for."""
