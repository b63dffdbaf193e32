"""What people can do with a case, and what a referral tells it. No free text: notes go by id."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.basis import Application, Basis
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome, Reason
from workflows.domain.referral_state import ReferralState
from workflows.domain.statuses import Status

Ending = Literal["refer-again", "waive", "close"]
"""How a case ends a referral: its step went elsewhere, was left out, or the case was closed."""


Answer = Literal["accept-transfer", "decline-transfer"]
"""What an office says to a case that is offered to it."""


class Refer(BaseModel):
    """Send a step to an agency, for the first time or again after it came back."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    referral_id: UUID
    path_id: UUID
    step: str
    to_agency: UUID
    on_board: bool
    basis: Basis
    fields: tuple[PersonalData, ...]
    application: Application | None = None
    interpreter: str | None = None
    note_id: UUID | None = None


class Waive(BaseModel):
    """Leave a step out, with a reason; an optional one that nobody was asked for needs none."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    path_id: UUID
    step: str
    reason: Reason | None = None
    note_id: UUID | None = None


class Assign(BaseModel):
    """Give the case to another case manager of the same office."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    case_manager: UUID


class Close(BaseModel):
    """Close the case with an outcome."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    outcome: CaseOutcome
    note_id: UUID | None = None


class Reopen(BaseModel):
    """Open a closed case again."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    note_id: UUID | None = None


class OfferCase(BaseModel):
    """Offer the case to another office or district, on a basis for passing the whole file on."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    to_office: UUID
    basis: Basis
    note_id: UUID | None = None


class AnswerOffer(BaseModel):
    """Accept the case that another office offers, for a case manager there, or decline it."""

    model_config = ConfigDict(frozen=True)

    actor: Principal
    action: Answer
    case_manager: UUID | None = None
    note_id: UUID | None = None


class WithdrawOffer(BaseModel):
    """Take an offer back that is not answered yet."""

    model_config = ConfigDict(frozen=True)

    actor: Principal


class NewSender(BaseModel):
    """The case tells a referral that it goes on with another office."""

    model_config = ConfigDict(frozen=True)

    referral_id: UUID
    office: UUID
    actor: Principal
    case_seq: int


class ReferralMoved(BaseModel):
    """Where a referral stands after its latest move, the event ``seq``.

    A snapshot: the newest one is enough.
    """

    model_config = ConfigDict(frozen=True)

    referral_id: UUID
    path_id: UUID
    step: str
    seq: int
    at: datetime
    status: Status
    from_agency: UUID
    to_agency: UUID
    has_ended: bool
    referred_at: datetime
    chain_id: UUID
    bounced: tuple[UUID, ...]

    @classmethod
    def of(cls, state: ReferralState) -> "ReferralMoved":
        """Take the snapshot. ``at`` is when it moved, however late it is told."""
        return cls(
            referral_id=state.referral_id,
            path_id=state.path_id,
            step=state.step,
            seq=state.moved_seq,
            at=state.moved_at,
            status=state.standing,
            from_agency=state.from_agency,
            to_agency=state.to_agency,
            has_ended=state.clock is None,
            referred_at=state.referred_at,
            chain_id=state.chain_id,
            bounced=state.bounced,
        )


class Settle(BaseModel):
    """The case tells a referral that it has ended, and how."""

    model_config = ConfigDict(frozen=True)

    referral_id: UUID
    actor: Principal
    action: Ending
    reason: Reason | None
    case_seq: int
