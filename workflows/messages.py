"""The messages that workflows start with and hand to activities, one model each."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.case_acts import NewSender, ReferralMoved, Settle
from workflows.domain.case_state import CaseEvent, CaseState
from workflows.domain.referral_state import ActDone, ReferralEvent, ReferralState

EventSource = Literal["engine", "import"]
"""Where an event came from: it happened here, or it was taken over with a running case."""


class CaseRun(BaseModel):
    """What a case workflow starts with: the state that it goes on from.

    ``news`` has come in and is not taken in yet, ``settlements`` and ``senders`` are not
    sent yet.
    ``is_to_reopen``: the case is closed, and about to be opened again.
    """

    model_config = ConfigDict(frozen=True)

    state: CaseState
    news: tuple[ReferralMoved, ...] = ()
    settlements: tuple[Settle, ...] = ()
    senders: tuple[NewSender, ...] = ()
    is_to_reopen: bool = False


class StepPlace(BaseModel):
    """A step of one of a case's paths."""

    model_config = ConfigDict(frozen=True)

    path_id: UUID
    step: str


class BasisQuestion(BaseModel):
    """Asks which of these steps nothing permits to pass on at that instant (UTC)."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    at: datetime
    places: tuple[StepPlace, ...]


class ReferralRun(BaseModel):
    """What a referral workflow starts with: the state that it goes on from.

    ``told_seq`` is the last event that its case knows of; ``settlement`` and ``sender`` have
    come in and are not taken in yet.
    """

    model_config = ConfigDict(frozen=True)

    state: ReferralState
    told_seq: int = 0
    settlement: Settle | None = None
    sender: NewSender | None = None


class ReferralEntry(BaseModel):
    """One event of a referral with the state after it: what the ledger writes in one go."""

    model_config = ConfigDict(frozen=True)

    event: ReferralEvent
    state: ReferralState
    source: EventSource = "engine"


class CaseEntry(BaseModel):
    """One event of a case with the state after it, and the referral that it sent, if it did."""

    model_config = ConfigDict(frozen=True)

    event: CaseEvent
    state: CaseState
    referral: ReferralEntry | None = None
    source: EventSource = "engine"


class Recorded(BaseModel):
    """The ledger's receipt.

    ``earlier``: the cause stood in the ledger before, under that ``seq``; nothing was written.
    """

    model_config = ConfigDict(frozen=True)

    seq: int
    at: datetime
    status: str
    earlier: bool = False

    def done(self, cause: str) -> ActDone:
        """Return what the act with this cause did, for whoever asked for it."""
        return ActDone(
            cause=cause,
            seq=self.seq,
            at=self.at,
            status=self.status,
            repeated=self.earlier,
        )
