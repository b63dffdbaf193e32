"""What a person does with a referral, and all that goes with it."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from workflows.domain.actions import Action
from workflows.domain.appointments import Appointment
from workflows.domain.clocks import Party
from workflows.domain.conferences import LegalStep
from workflows.domain.principal import Principal
from workflows.domain.reasons import Reason
from workflows.domain.referral_state import ReferralOutcome, Source


class ReferralAct(BaseModel):
    """A person's act. Free text went into a note first; only its id travels.

    ``until`` is the last day of a hold or of a moved deadline, ``party`` whom a hold waits for,
    ``agency`` the one that is competent, ``next_step`` what a conference came to without one.
    """

    model_config = ConfigDict(frozen=True)

    action: Action
    actor: Principal
    expected_seq: int | None = None
    reason: Reason | None = None
    note_id: UUID | None = None
    assignee: UUID | None = None
    source: Source | None = None
    until: date | None = None
    party: Party | None = None
    agency: UUID | None = None
    appointment: Appointment | None = None
    outcome: ReferralOutcome | None = None
    next_step: LegalStep | None = None
