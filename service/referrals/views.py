"""A referral as pages and programs see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from service.agencies.names import AgencyName
from service.cases.views import ClockView
from workflows.domain.actions import Action, Side
from workflows.domain.appointments import Appointment
from workflows.domain.pathway import Pathway, StepDefinition
from workflows.domain.statuses import Status


@dataclass(frozen=True)
class SubjectView:
    """A person whom the referral is about. What the viewer may not see is None."""

    name: str | None
    birth_date: date | None
    languages: list[str] | None


@dataclass(frozen=True)
class SpanView:
    """A stretch of waiting that belonged to one party. ``until`` None: it runs. UTC."""

    party: str
    status: str
    since: datetime
    until: datetime | None
    due_at: datetime | None


@dataclass(frozen=True)
class EventView:
    """One line of the history, the same for both sides. ``actor`` None: the engine itself."""

    seq: int
    at: datetime
    actor: str | None
    house: str | None
    action: str
    status: str
    reason: str | None
    note: str | None
    channel: str | None
    spoken_to: str | None
    undoes: str | None
    imported: bool


@dataclass(frozen=True)
class GapView:
    """An open gap."""

    kind: str
    party: str
    level: str
    opened_at: datetime


@dataclass(frozen=True)
class ReceiverView:
    """The receiving agency, with how to reach it."""

    id: UUID
    key: str
    name: str
    on_board: bool
    telephone: str | None
    fax: str | None


@dataclass(frozen=True)
class LinkView:
    """One request of a chain. ``reason``: why it came back; ``competent_agency``: whom it named."""

    id: UUID
    agency: AgencyName
    opened_at: datetime
    status: str
    business_status: str | None
    reason: str | None
    competent_agency: AgencyName | None


@dataclass(frozen=True)
class ConferenceView:
    """A case conference. ``closed_at`` None: it is still open (UTC); ``said``: what came of it."""

    opened_at: datetime
    closed_at: datetime | None
    agreed: AgencyName | None
    next_step: str | None
    said: str | None


@dataclass(frozen=True)
class ReferralView:
    """The whole referral, as the principal on ``side`` may see it."""

    id: UUID
    case_id: UUID
    path_id: UUID
    pathway: Pathway
    definition: StepDefinition
    side: Side
    from_agency: AgencyName
    to_agency: ReceiverView
    case_manager: str
    municipality: str
    municipality_name: str
    status: str
    standing: Status
    business_status: str | None
    appointment: Appointment | None
    competent_agency: AgencyName | None
    interpreter: str | None
    outcome: str | None
    bounces: int
    chain: list[LinkView]
    conference: ConferenceView | None
    claimed_by_id: UUID | None
    claimed_by: str | None
    opened_at: datetime
    referred_at: datetime
    closed_at: datetime | None
    clock: ClockView | None
    seq: int
    changed_seq: int
    responsible: AgencyName | None
    predecessor_id: UUID | None
    successor_id: UUID | None
    fields: list[str]
    basis_consent_id: UUID | None
    basis_statute: str | None
    application_benefit: str | None
    application_office_id: UUID | None
    application_filed_on: date | None
    subjects: list[SubjectView]
    household_size: int | None
    note: str | None
    spans: list[SpanView]
    events: list[EventView]
    gaps: list[GapView]
    allowed: list[Action]
