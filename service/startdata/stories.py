"""Where each made-up household stands, as ``stories.yaml`` tells it in a line."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.startdata.reading import read_file
from workflows.domain.conferences import LegalStep
from workflows.domain.reasons import CaseOutcome, Reason

Standing = Literal[
    "due",
    "requested",
    "received",
    "claimed",
    "asked",
    "answered",
    "accepted",
    "postponed",
    "appointed",
    "missed",
    "appointed-again",
    "in-progress",
    "held",
    "rejected",
    "redirected",
    "conference",
    "conferred",
    "agreed",
    "failed",
    "cancelled",
    "completed",
    "confirmed",
    "disputed",
    "offered",
    "closed",
    "reopened",
]


class Story(BaseModel):
    """A household and the point at which it stands.

    ``step``: the one that it stands at; None where the whole path is done. ``days``: working days
    since then. ``reason``: why it came back, waits or is disputed. ``before``: why it came back
    earlier on. ``next_step``: what the agencies came to who did not agree.
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
    next_step: LegalStep | None = None
    outcome: CaseOutcome | None = None
    waived: str | None = None
    also: str | None = None


def read_stories() -> list[Story]:
    """Return the stories in their order, which names the households for good."""
    return [Story.model_validate(line) for line in read_file("stories.yaml")]
