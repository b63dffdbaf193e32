"""What workflows ask of activities. Implementations register under the same names."""

from abc import ABC, abstractmethod

from temporalio import activity

from workflows.domain.deadlines import Deadline, DeadlineRequest
from workflows.messages import CaseEntry, Recorded, ReferralEntry

RECORD_CASE = "record_case"
RECORD_REFERRAL = "record_referral"
FIND_DEADLINES = "find_deadlines"


class LedgerContract(ABC):
    """Writes what happened. The same cause twice is written once."""

    @abstractmethod
    @activity.defn(name=RECORD_CASE)
    async def record_case(self, entry: CaseEntry) -> Recorded:
        """Append a case's event and update what the pages read, in one transaction."""

    @abstractmethod
    @activity.defn(name=RECORD_REFERRAL)
    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        """Append a referral's event and update what the pages read, in one transaction."""


class CalendarContract(ABC):
    """Knows the working days of agencies."""

    @abstractmethod
    @activity.defn(name=FIND_DEADLINES)
    async def find_deadlines(self, requests: list[DeadlineRequest]) -> list[Deadline]:
        """Return the deadlines, in the order of the requests."""
