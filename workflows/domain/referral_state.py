"""What a referral's workflow knows: one bounded, serialisable object, and the events it makes."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from workflows.domain.appointments import Appointment
from workflows.domain.basis import Application, Basis
from workflows.domain.clocks import RunningClock, Span
from workflows.domain.conferences import Conference
from workflows.domain.gaps import Gap
from workflows.domain.holds import Hold
from workflows.domain.notices import Notice
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal
from workflows.domain.statuses import STEP_OF_REFERRAL, BusinessStatus, Status, StepStatus
from workflows.domain.terms import Terms

REMEMBERED_ACTS = 50
"""So many acts are remembered in the state; older ones are found in the ledger."""


class Release(StrEnum):
    """When the sender is no longer responsible."""

    ARRIVAL = "arrival"
    EFFECT = "effect"


class Channel(StrEnum):
    """How an agency that is not on board answered."""

    TELEPHONE = "telephone"
    FAX = "fax"
    LETTER = "letter"
    EMAIL = "email"
    IN_PERSON = "in-person"


class Source(BaseModel):
    """How the sender learned an answer that it records for an agency that is not on board.

    The person spoken to stands in the note: names stay out of the engine.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: Channel
    on: date


class ActDone(BaseModel):
    """What an act did. The same act again gets the same answer, marked ``repeated``."""

    model_config = ConfigDict(frozen=True)

    cause: str
    seq: int
    at: datetime
    status: str
    repeated: bool = False


class ReferralOutcome(StrEnum):
    """What a completed referral came to."""

    ACHIEVED = "achieved"
    PARTLY = "partly-achieved"


class Position(BaseModel):
    """Where a referral stands: all that an act can change and that taking it back restores."""

    model_config = ConfigDict(frozen=True)

    status: Status = Status.DRAFT
    business_status: BusinessStatus | None = None
    claimed_by: UUID | None = None
    clock: RunningClock | None = None
    hold: Hold | None = None
    appointment: Appointment | None = None
    competent_agency: UUID | None = None
    """Whom an agency named that is not competent itself."""
    bounced: tuple[UUID, ...] = ()
    """The agencies of the chain that said that another one is competent, in their order."""
    conference: Conference | None = None
    outcome: ReferralOutcome | None = None


class Undoable(BaseModel):
    """The latest act, as long as the person who did it can take it back. UTC."""

    model_config = ConfigDict(frozen=True)

    action: str
    actor: UUID
    until: datetime
    before: Position


class ReferralState(Position):
    """One request to one agency. All times in UTC.

    ``opened_at`` is where this referral's clocks begin; ``referred_at`` is when the client was
    first sent to any agency of the chain, whose first referral is ``chain_id``. ``changed_seq``
    is the last event that changed what a person would decide on, ``moved_seq`` the last that
    moved its step, at ``moved_at``: the case hears of those and no others.
    """

    referral_id: UUID
    case_id: UUID
    path_id: UUID
    step: str
    from_agency: UUID
    to_agency: UUID
    on_board: bool
    terms: Terms
    release: Release
    basis: Basis
    fields: tuple[PersonalData, ...]
    application: Application | None = None
    interpreter: str | None = None
    """The language to interpret from, if one is needed."""
    chain_id: UUID
    opened_at: datetime
    referred_at: datetime
    moved_at: datetime
    predecessor: UUID | None = None
    note_id: UUID | None = None
    gaps: tuple[Gap, ...] = ()
    undoable: Undoable | None = None
    seq: int = 0
    changed_seq: int = 0
    moved_seq: int = 0
    closed_at: datetime | None = None
    recent: Annotated[tuple[ActDone, ...], Field(max_length=REMEMBERED_ACTS)] = ()

    @property
    def open_conference(self) -> Conference | None:
        """The case conference, as long as it has not ended."""
        is_open = self.conference is not None and self.conference.closed_at is None
        return self.conference if is_open else None

    @property
    def standing(self) -> Status:
        """The status, or while it is on hold, the one that it goes back to."""
        return self.hold.status if self.hold else self.status

    @property
    def step_status(self) -> StepStatus:
        """Where its step is."""
        return STEP_OF_REFERRAL[self.standing]

    @property
    def position(self) -> Position:
        """Where it stands, alone."""
        return Position(**{name: getattr(self, name) for name in Position.model_fields})

    def done_before(self, cause: str) -> ActDone | None:
        """Return what the act with this cause did, if it is one of the recent ones."""
        return next((done for done in self.recent if done.cause == cause), None)


class ReferralEvent(BaseModel):
    """One thing that happened, as the ledger keeps it.

    ``cause`` makes it unique: a person's act has its update id, a moment of a clock the clock's
    name, a decision of the case its own event.
    """

    model_config = ConfigDict(frozen=True)

    seq: int
    cause: str
    at: datetime
    actor: Principal
    action: str
    status: Status
    reason: str | None = None
    note_id: UUID | None = None
    source: Source | None = None
    ended: Span | None = None
    due_before: datetime | None = None
    """When the clock would have run out whose deadline was moved."""
    undoes: str | None = None
    """The act that was taken back."""
    gaps_opened: tuple[Gap, ...] = ()
    gaps_raised: tuple[Gap, ...] = ()
    gaps_closed: tuple[Gap, ...] = ()
    notices: tuple[Notice, ...] = ()
