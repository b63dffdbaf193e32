"""Ports: what the activities need from the world. The service provides the real ones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.deadlines import Deadline, DeadlineRequest
from workflows.messages import BasisQuestion, CaseEntry, Recorded, ReferralEntry, StepPlace


class LedgerConflict(Exception):
    """The event does not fit: its number is taken or skipped, or the tables refuse its content."""


class Ledger(Protocol):
    """Appends events and updates what the pages read, each in one transaction."""

    async def record_case(self, entry: CaseEntry) -> Recorded:
        """Write a case's event. The same cause again is answered and not written."""

    async def record_referral(self, entry: ReferralEntry) -> Recorded:
        """Write a referral's event. The same cause again is answered and not written."""


class Bases(Protocol):
    """Knows what the data of a household may rest on when they are passed on."""

    async def find_steps_without_basis(self, question: BasisQuestion) -> list[StepPlace]:
        """Return those of the steps that could be sent to no agency that fits."""


class Calendar(Protocol):
    """Knows the working days of agencies."""

    async def find_deadlines(self, requests: Sequence[DeadlineRequest]) -> list[Deadline]:
        """Return the deadlines, in the order of the requests."""


class Matter(BaseModel):
    """What a mail is about: a referral, a step, an entitlement that runs out, or an offered case.

    ``about`` is the kind of notice, behind ``step-``, ``entitlement-`` or ``case-`` for those.
    ``due_at`` in UTC.
    """

    model_config = ConfigDict(frozen=True)

    about: str
    case_id: UUID
    referral_id: UUID | None
    due_at: datetime | None


class AppointmentMade(BaseModel):
    """An appointment at an agency, for the reader's calendar. Times in UTC.

    ``seq`` grows with every new appointment for the same referral. ``interpreter``: the language
    to interpret from, if one is needed.
    """

    model_config = ConfigDict(frozen=True)

    referral_id: UUID
    agency: str
    at: datetime
    made_at: datetime
    seq: int
    interpreter: str | None


class Letter(BaseModel):
    """A mail that is due: to whom, about what. It names nobody.

    The morning's mail (``is_digest``) is about any number of matters, every other about one.
    """

    model_config = ConfigDict(frozen=True)

    notification_id: UUID
    message_id: str
    language: str
    to_address: str
    attempts: int
    is_digest: bool
    matters: tuple[Matter, ...]
    appointment: AppointmentMade | None = None


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
