"""Holds: the referral waits for somebody else than the agency that has it."""

from pydantic import BaseModel, ConfigDict

from workflows.domain.clocks import Party
from workflows.domain.deadlines import Remainder
from workflows.domain.statuses import BusinessStatus, Status

MEANING: dict[Party, BusinessStatus] = {
    Party.SENDER: BusinessStatus.QUESTION,
    Party.CLIENT: BusinessStatus.WAITING_CLIENT,
    Party.THIRD_PARTY: BusinessStatus.WAITING_THIRD_PARTY,
}
"""For whom a hold can be, and what it means then. Nobody holds for the receiver: it acts."""


class Hold(BaseModel):
    """What a referral goes back to when it is resumed: status, its meaning, and whose clock.

    ``reason`` is why it was held, None for a question.
    """

    model_config = ConfigDict(frozen=True)

    status: Status
    meaning: BusinessStatus | None
    party: Party
    remainder: Remainder
    reason: str | None = None
