"""What programs and pages send about entitlements."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from service.cases.schemas import EARLIEST_BIRTH, Body, Code, Day
from workflows.domain.reasons import Reason

LATEST = date(2099, 12, 31)
"""A later day is a slip of the hand."""

AnyDay = Annotated[Day, Field(ge=EARLIEST_BIRTH, le=LATEST)]


class NewEntitlement(Body):
    """What a member (index in the household) may do or gets. Days are those in Berlin."""

    member: Annotated[int, Field(ge=0)]
    kind: Code
    starts_on: AnyDay
    printed_until: AnyDay | None = None
    effective_until: AnyDay | None = None

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> "NewEntitlement":
        for last in (self.printed_until, self.effective_until):
            if last is not None and last < self.starts_on:
                raise ValueError("an entitlement cannot end before it starts")
        return self


class ChangedDays(Body):
    """Until when it is printed, and until when it really is, where that is known better."""

    printed_until: AnyDay | None = None
    effective_until: AnyDay | None = None


class NothingFollows(Body):
    """Why nothing has to follow an entitlement."""

    reason: Reason | None = None
