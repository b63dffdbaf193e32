"""Ports: what the activities need from the world. The service provides the real ones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.deadlines import Deadline, DeadlineRequest
from workflows.messages import CaseEntry, Recorded, ReferralEntry


class LedgerConflict(Exception):
    """The event does not fit: its number is taken or skipped, or the tables refuse its content."""


class Ledger(Protocol):
    """Appends events and updates what the pages read, each in one transaction."""

    async def record_case(self, entry: CaseEntry) -> Recorded:
        """Write a case's event. The same cause again is answered and not written."""

    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        """Write a referral's event. The same cause again is answered and not written."""


class Calendar(Protocol):
    """Knows the working days of agencies."""

    async def find_deadlines(self, requests: Sequence[DeadlineRequest]) -> list[Deadline]:
        """Return the deadlines, in the order of the requests."""


class Letter(BaseModel):
    """A mail that is due: to whom, about what. It names nobody."""

    model_config = ConfigDict(frozen=True)

    notification_id: UUID
    message_id: str
    kind: str
    language: str
    to_address: str
    referral_id: UUID
    due_at: datetime | None
    attempts: int


class Outbox(Protocol):
    """The notifications that wait to be sent."""

    async def next_letter(self, now: datetime) -> Letter | None:
        """Take the next letter whose reason still holds; drop those whose reason is gone."""

    async def sent(self, letter: Letter, now: datetime) -> None:
        """Note that the mail server has taken the letter."""

    async def postpone(self, letter: Letter, until: datetime, error: str) -> None:
        """Note that it did not work, and when to try again."""


class Mailer(Protocol):
    """Sends mail."""

    async def send(self, letter: Letter) -> None:
        """Hand the letter to the mail server; OSError or MailRefused if that fails."""


class MailRefused(Exception):
    """The mail server did not take a letter."""
