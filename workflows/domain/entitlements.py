"""Entitlements: what a person may do or gets by law, from one day to another (days in Berlin)."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workflows.domain.clocks import RunningClock
from workflows.domain.gaps import Gap
from workflows.domain.joins import Key
from workflows.domain.reasons import Reason

LONGEST_LEAD = 365


class EntitlementArea(StrEnum):
    """What an entitlement is about. Within one of them the next one takes the place of the last."""

    RESIDENCE = "residence"
    SUBSISTENCE = "subsistence"
    INSURANCE = "insurance"
    WORK = "work"
    LEARNING = "learning"
    IDENTITY = "identity"


class Entitlement(BaseModel):
    """One entitlement of a member of a household.

    The day on paper and the day on which it really ends are kept apart: ``printed_until`` is what
    the paper says (None: no end), ``effective_until`` what is known better, from a decision, a
    notice or a law. ``until_decided``: it holds until somebody decides, whatever the paper says
    (§ 81(4) AufenthG, § 67(1) AsylG). So many days before its end, ``lead_days``, the office has
    to have acted; ``proposes`` is the pathway to what follows.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    member_id: UUID
    kind: Key
    area: EntitlementArea
    starts_on: date
    printed_until: date | None = None
    effective_until: date | None = None
    until_decided: bool = False
    lead_days: Annotated[int, Field(ge=0, le=LONGEST_LEAD)]
    proposes: Key | None = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> "Entitlement":
        for last in (self.printed_until, self.effective_until):
            if last is not None and last < self.starts_on:
                raise ValueError("an entitlement cannot end before it starts")
        return self

    @property
    def last_day(self) -> date | None:
        """Its last day as far as it is known; None: nothing ends it yet."""
        if self.effective_until is not None:
            return self.effective_until
        return None if self.until_decided else self.printed_until


class Held(BaseModel):
    """An entitlement as the case keeps it.

    ``clock`` is the office's: by when it has to have acted. ``gap`` is open while that has run
    out. ``path_id`` is the path to what follows, once it is under way; ``let_go``, why nothing
    follows.
    """

    model_config = ConfigDict(frozen=True)

    entitlement: Entitlement
    path_id: UUID | None = None
    let_go: Reason | None = None
    clock: RunningClock | None = None
    gap: Gap | None = None
