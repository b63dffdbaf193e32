"""What a case's workflow knows: the household's paths and who is responsible for each step."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from workflows.domain.basis import Basis
from workflows.domain.case_acts import Settle
from workflows.domain.clocks import RunningClock
from workflows.domain.entitlements import Held
from workflows.domain.gaps import Gap
from workflows.domain.joins import After, PassedOver
from workflows.domain.notices import Notice
from workflows.domain.principal import Principal
from workflows.domain.referral_state import REMEMBERED_ACTS, ActDone, Release
from workflows.domain.statuses import WITH_AN_AGENCY, CaseStatus, StepStatus
from workflows.domain.terms import Terms

MOST_MEMBERS = 40
"""So many people one case keeps, whoever has left among them: its state has to stay small."""


class StepState(BaseModel):
    """One step of one path.

    ``responsible`` is the agency that has the baton, None before the step is due and after it
    is finished. ``clock`` is the office's own, until it sends the step on: then the clock of the
    referral counts. ``referral_id`` is the latest referral; ``referral_seq`` is the last of its
    events that the case has taken in.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    legal_area: str
    after: After
    terms: Terms
    release: Release
    optional: bool = False
    """It may be left out without a reason, as long as no agency has said no."""
    status: StepStatus = StepStatus.WAITING
    responsible: UUID | None = None
    clock: RunningClock | None = None
    gap: Gap | None = None
    """Open while its clock has run out: nobody sends it on."""
    referral_id: UUID | None = None
    referral_seq: int = 0
    referred_at: datetime | None = None
    """When the client was first sent to any agency for this step."""
    chain_id: UUID | None = None
    """The first of the referrals that took on from each other."""
    bounced: tuple[UUID, ...] = ()
    """The agencies of that chain that said that another one is competent."""
    unsettled: bool = False
    """The latest referral came back (rejected, failed) and waits to be settled."""
    settlement: Settle | None = None
    """What its latest referral was told last; it may ask again."""
    version: int | None = None
    """The version of the pathway that describes it; None: that of its path, see ``version_of``."""

    @property
    def has_begun(self) -> bool:
        """Whether it was ever sent on, or is finished: then it keeps what it began on."""
        to_begin = self.status in {StepStatus.WAITING, StepStatus.DUE}
        return self.referral_id is not None or not to_begin

    @property
    def has_the_referrals_clock(self) -> bool:
        """Whether the clock of its latest referral counts, and not the office's own."""
        came_back = self.status is StepStatus.DUE and self.unsettled
        return came_back or self.status in WITH_AN_AGENCY | {StepStatus.DONE}


class PathState(BaseModel):
    """One pathway, run for one member of the household, or for all of it (``member_id`` None).

    ``passed_over`` are the pathway's other steps: their conditions did not hold when it started.
    Steps that had begun when the path was moved to ``version`` are on the one that they began on.
    """

    model_config = ConfigDict(frozen=True)

    path_id: UUID
    pathway: str
    version: int
    member_id: UUID | None
    steps: tuple[StepState, ...]
    passed_over: tuple[PassedOver, ...] = ()

    def version_of(self, step: StepState) -> int:
        """Return the version of the pathway that describes one of its steps."""
        return self.version if step.version is None else step.version


class Offer(BaseModel):
    """The case is offered to another office, whose clock runs until it answers.

    ``by`` is the person who offers it. ``gap`` is open while that clock has run out.
    """

    model_config = ConfigDict(frozen=True)

    to_office: UUID
    by: UUID
    basis: Basis
    note_id: UUID | None
    clock: RunningClock
    gap: Gap | None = None


class CaseState(BaseModel):
    """One household under one case manager of one office.

    Of the household it knows whom the paths are for, who ``joined`` it since the case was opened,
    and who is ``gone``. Who else belongs to it comes with the acts that ask for it.
    """

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    office: UUID
    case_manager: UUID
    opened_by: Principal
    opened_at: datetime
    paths: tuple[PathState, ...]
    entitlements: tuple[Held, ...] = ()
    joined: Annotated[tuple[UUID, ...], Field(max_length=MOST_MEMBERS)] = ()
    gone: Annotated[tuple[UUID, ...], Field(max_length=MOST_MEMBERS)] = ()
    offer: Offer | None = None
    status: CaseStatus = CaseStatus.DRAFT
    outcome: str | None = None
    seq: int = 0
    closed_at: datetime | None = None
    recent: Annotated[tuple[ActDone, ...], Field(max_length=REMEMBERED_ACTS)] = ()

    def done_before(self, cause: str) -> ActDone | None:
        """Return what the act with this cause did, if it is one of the recent ones."""
        return next((done for done in self.recent if done.cause == cause), None)

    def find(self, path_id: UUID, key: str) -> StepState | None:
        """Return a step, or None."""
        for path in self.paths:
            for step in path.steps:
                if (path.path_id, step.key) == (path_id, key):
                    return step
        return None


class CaseEvent(BaseModel):
    """One thing that happened to a case, as the ledger keeps it; ``cause`` makes it unique."""

    model_config = ConfigDict(frozen=True)

    seq: int
    cause: str
    at: datetime
    actor: Principal
    action: str
    status: CaseStatus
    path_id: UUID | None = None
    step: str | None = None
    reason: str | None = None
    note_id: UUID | None = None
    subject: UUID | None = None
    """The referral or the person that the event is about."""
    day: date | None = None
    """The day (in Berlin) on which that person joined the household, or left it."""
    entitlement_id: UUID | None = None
    versions: tuple[int, int] | None = None
    """The versions of its pathway that a moved path left and reached."""
    gaps_opened: tuple[Gap, ...] = ()
    gaps_raised: tuple[Gap, ...] = ()
    gaps_closed: tuple[Gap, ...] = ()
    notices: tuple[Notice, ...] = ()
