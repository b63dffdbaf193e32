"""Lists in pages: keyset by id, so that nothing is skipped or shown twice while rows come in."""

import base64
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

MOST_ITEMS = 200

Item = TypeVar("Item", bound=BaseModel)


class HasId(Protocol):
    """A row with an id; lists are ordered by it."""

    @property
    def id(self) -> UUID:
        """The id."""


Row = TypeVar("Row", bound=HasId)


def _id_of(cursor: object) -> UUID:
    return UUID(bytes=base64.urlsafe_b64decode(f"{cursor}==".encode("ascii")))


def _cursor_after(row: HasId) -> str:
    return base64.urlsafe_b64encode(row.id.bytes).decode().rstrip("=")


Cursor = Annotated[
    UUID,
    BeforeValidator(_id_of),
    WithJsonSchema({"type": "string", "description": "What `next` of the page before said."}),
]


class Paged(BaseModel):
    """What every list can be asked for. Parameters that it does not have are refused."""

    model_config = ConfigDict(extra="forbid")

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS, description="How many at most.")] = 50


class Page(BaseModel, Generic[Item]):
    """A part of a list, oldest first. ``next`` is the cursor of the part after it, or null."""

    items: list[Item]
    next: Annotated[
        str | None, Field(description="Send it as `cursor` for the next page; null: no more.")
    ]


def page_of(rows: Sequence[Row], limit: int, show: Callable[[Row], Item]) -> Page[Item]:
    """Return the page of these rows. One more than ``limit`` was asked for, if there is one."""
    shown = rows[:limit]
    following = _cursor_after(shown[-1]) if len(rows) > limit else None
    return Page(items=[show(row) for row in shown], next=following)
