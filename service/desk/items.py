"""One line of a list, on either side of a referral."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.referrals.views import ReceiverView
from workflows.domain.clocks import Party
from workflows.domain.moves import BACK_WITH_SENDER
from workflows.domain.pathway import Texts
from workflows.domain.statuses import Status


@dataclass(frozen=True)
class Station:
    """A step of one of the office's cases with a running clock. All times UTC.

    ``receiver`` is the agency of its latest referral, None if nobody has been asked yet.
    """

    case_id: UUID
    path_id: UUID
    step: str
    title: Texts
    subject: str
    case_manager_id: UUID
    case_manager: str
    party: str
    since: datetime
    due_at: datetime
    referral_id: UUID | None
    referral_status: str | None
    changed_seq: int | None
    receiver: ReceiverView | None
    gap_level: str | None

    @property
    def is_to_be_referred(self) -> bool:
        """Tell whether the office has to send it to an agency, for the first time or again."""
        return self.party == Party.SENDER and self.referral_status != Status.ON_HOLD

    @property
    def is_a_question(self) -> bool:
        """Tell whether the office has to answer a question."""
        return self.party == Party.SENDER and self.referral_status == Status.ON_HOLD

    @property
    def is_to_be_confirmed(self) -> bool:
        """Tell whether the office is to say whether it has really happened."""
        return self.referral_status == Status.COMPLETED

    @property
    def is_the_offices(self) -> bool:
        """Tell whether the office has to act, for itself or for the family that it accompanies."""
        return self.party in {Party.SENDER, Party.CLIENT}

    @property
    def came_back(self) -> bool:
        """Tell whether an agency has sent the step back to the office."""
        return self.is_to_be_referred and self.referral_status in BACK_WITH_SENDER

    @property
    def is_asked_by_telephone(self) -> bool:
        """Tell whether the office has to ring for the answer: the agency is not on board."""
        waits = self.party == Party.RECEIVER
        return waits and self.receiver is not None and not self.receiver.on_board

    @property
    def can_be_nudged(self) -> bool:
        """Tell whether a mail to the agency's queue can follow up."""
        waits = self.party == Party.RECEIVER
        return waits and self.receiver is not None and self.receiver.on_board


@dataclass(frozen=True)
class Inquiry:
    """A request to the house of an agency. ``subject`` only where it may see the name. UTC."""

    id: UUID
    title: Texts
    subject: str | None
    municipality: str
    from_agency: str
    status: str
    party: str
    opened_at: datetime
    since: datetime
    due_at: datetime
    claimed_by_id: UUID | None
    claimed_by: str | None
    changed_seq: int
    gap_level: str | None


@dataclass(frozen=True)
class FinishedCase:
    """A case whose every step is done or left out, and that nobody has closed."""

    id: UUID
    subject: str
    case_manager: str
