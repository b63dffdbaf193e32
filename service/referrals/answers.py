"""Referrals as programs see them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from service.agencies.answers import AgencyLink
from service.cases.answers import ClockAnswer, PersonLink
from service.referrals.examples import REFERRAL, REFERRAL_LINE
from workflows.domain.clocks import Party
from workflows.domain.conferences import LegalStep
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.reasons import Reason
from workflows.domain.referral_state import ReferralOutcome
from workflows.domain.statuses import BusinessStatus, Status


class ReferralLine(BaseModel):
    """A referral in a list, without anybody's name. ``case_id`` is null for the receiver."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [REFERRAL_LINE]})

    id: UUID
    case_id: UUID | None
    step: str
    from_agency: AgencyLink
    to_agency: AgencyLink
    status: Status
    business_status: str | None
    opened_at: AwareDatetime
    referred_at: Annotated[
        AwareDatetime, Field(description="When the client was first sent to any agency for it.")
    ]
    closed_at: AwareDatetime | None
    clock: ClockAnswer | None
    seq: Annotated[int, Field(description="Number of the last event: send it as `expected_seq`.")]


class SubjectAnswer(BaseModel):
    """A person whom it is about. What the step does not pass on is null."""

    model_config = ConfigDict(from_attributes=True)

    name: str | None
    birth_date: date | None
    languages: list[str] | None


class BasisAnswer(BaseModel):
    """What the transfer of data rests on."""

    consent: UUID | None
    statute: str | None


class ApplicationAnswer(BaseModel):
    """An application for a benefit that travels with it."""

    benefit: str
    office: Annotated[UUID, Field(description="The agency where it was filed.")]
    filed_at: date


class SpanAnswer(BaseModel):
    """A stretch of waiting that belongs to one party. ``until`` null: it runs, to ``due_at``."""

    model_config = ConfigDict(from_attributes=True)

    party: Party
    status: Status
    since: AwareDatetime
    until: AwareDatetime | None
    due_at: AwareDatetime | None


class EventAnswer(BaseModel):
    """One thing that happened. ``actor`` and ``agency`` null: the engine itself did it."""

    seq: int
    at: AwareDatetime
    actor: str | None
    agency: str | None
    action: str
    status: Status
    reason: str | None
    note: str | None
    channel: str | None
    spoken_to: str | None
    undoes: Annotated[str | None, Field(description="The act that was taken back.")]
    imported: Annotated[bool, Field(description="true: it happened before the case came here.")]


class OpenGapAnswer(BaseModel):
    """An open gap."""

    model_config = ConfigDict(from_attributes=True)

    kind: GapKind
    party: Party
    level: GapLevel
    opened_at: AwareDatetime


class AppointmentAnswer(BaseModel):
    """When the client is expected, and the language to interpret from, if one is needed."""

    model_config = ConfigDict(from_attributes=True)

    at: AwareDatetime
    interpreter: str | None


class LinkAnswer(BaseModel):
    """One request of a chain: who was asked in turn, and what came of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    agency: AgencyLink
    opened_at: AwareDatetime
    status: Status
    business_status: BusinessStatus | None
    reason: Reason | None
    competent_agency: AgencyLink | None


class ConferenceAnswer(BaseModel):
    """A case conference of everybody in the chain, and what came of it."""

    model_config = ConfigDict(from_attributes=True)

    opened_at: AwareDatetime
    closed_at: AwareDatetime | None
    agreed: AgencyLink | None
    next_step: LegalStep | None
    said: str | None


class ReferralAnswer(ReferralLine):
    """A referral with its history, as the caller's side may see it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [REFERRAL]})

    path_id: UUID | None
    pathway: str
    municipality: str
    responsible: AgencyLink | None
    claimed_by: PersonLink | None
    case_manager: Annotated[str, Field(description="Name of the case manager.")]
    predecessor_id: Annotated[UUID | None, Field(description="The referral it takes on from.")]
    successor_id: Annotated[UUID | None, Field(description="The referral that took on from it.")]
    basis: BasisAnswer
    filed_at: Annotated[
        date | None,
        Field(description="When the application was filed that travels with it: it keeps its day."),
    ]
    application: ApplicationAnswer | None
    interpreter: Annotated[str | None, Field(description="Language to interpret from (ISO 639).")]
    appointment: AppointmentAnswer | None
    competent_agency: Annotated[
        AgencyLink | None, Field(description="Whom an agency named that is not competent itself.")
    ]
    bounces: Annotated[int, Field(description="How many agencies named another one, up to here.")]
    chain: Annotated[
        list[LinkAnswer], Field(description="Every request of the chain; empty: it stands alone.")
    ]
    conference: ConferenceAnswer | None
    outcome: ReferralOutcome | None
    fields: Annotated[list[str], Field(description="The personal data that the step passes on.")]
    subjects: list[SubjectAnswer]
    household_size: int | None
    note: str | None
    clocks: Annotated[list[SpanAnswer], Field(description="Without overlap or hole, in order.")]
    events: list[EventAnswer]
    gaps: list[OpenGapAnswer]
    allowed_actions: Annotated[list[str], Field(description="What the caller can do with it now.")]
