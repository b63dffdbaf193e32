"""Where each made-up household stands, as ``stories.yaml`` tells it in a line."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.startdata.reading import read_file
from workflows.domain.reasons import CaseOutcome, Reason

Standing = Literal[
    "due",
    "requested",
    "received",
    "claimed",
    "accepted",
    "in-progress",
    "rejected",
    "failed",
    "cancelled",
    "completed",
    "closed",
]


class Story(BaseModel):
    """A household and the point at which it stands.

    ``step``: the one that it stands at; None where the whole path is done. ``days``: working days
    since then. ``reason``: why it came back. ``before``: why it came back earlier on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str
    manager: str
    speaks: str
    adults: Literal[1, 2]
    children: Annotated[int, Field(ge=0, le=6)] = 0
    path: str
    step: str | None = None
    stands: Standing
    days: Annotated[int, Field(ge=1, alias="for")]
    reason: Reason | None = None
    before: tuple[Reason, ...] = ()
    outcome: CaseOutcome | None = None
    waived: str | None = None
    also: str | None = None


def read_stories() -> list[Story]:
    """Return the stories in their order, which names the households for good."""
    return [Story.model_validate(line) for line in read_file("stories.yaml")]
