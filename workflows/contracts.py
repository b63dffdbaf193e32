"""What workflows ask of activities. Implementations register under the same names."""

from abc import ABC, abstractmethod

from temporalio import activity

from workflows.domain.deadlines import Deadline, DeadlineRequest
from workflows.messages import BasisQuestion, CaseEntry, Recorded, ReferralEntry, StepPlace

RECORD_CASE = "record_case"
RECORD_REFERRAL = "record_referral"
FIND_DEADLINES = "find_deadlines"
FIND_STEPS_WITHOUT_BASIS = "find_steps_without_basis"


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


class BasisContract(ABC):
    """Knows what the data of a household may rest on when they are passed on."""

    @abstractmethod
    @activity.defn(name=FIND_STEPS_WITHOUT_BASIS)
    async def find_steps_without_basis(self, question: BasisQuestion) -> list[StepPlace]:
        """Return those of the steps that could be sent to no agency that fits."""


class CalendarContract(ABC):
    """Knows the working days of agencies."""

    @abstractmethod
    @activity.defn(name=FIND_DEADLINES)
    async def find_deadlines(self, requests: list[DeadlineRequest]) -> list[Deadline]:
        """Return the deadlines, in the order of the requests."""
