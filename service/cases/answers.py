"""Cases as programs see them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from service.agencies.answers import OFFICE, AgencyLink
from service.cases.examples import CASE, CASE_ID, CASE_LINE, CLOCK, OFFER, PERSON_ID
from workflows.domain.reasons import LeavingReason
from workflows.domain.statuses import CaseStatus, Status, StepStatus


class Created(BaseModel):
    """The id of what is there now; ``Location`` says where."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": CASE_ID}]})

    id: UUID


class ClockAnswer(BaseModel):
    """Whose clock runs, since when and until when."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [CLOCK]})

    party: str
    since: AwareDatetime
    due_at: AwareDatetime


class PersonLink(BaseModel):
    """A person who works on it."""

    id: UUID
    name: str


class AlsoInAnswer(BaseModel):
    """Another open case of the same person. ``case``: null if the caller may not see it."""

    case: UUID | None
    office: AgencyLink


class MemberAnswer(BaseModel):
    """A member of the household, or who was one until ``left_on``. Days in Berlin.

    ``also_in``: open cases of somebody with the same names and the same birth date.
    """

    id: UUID
    given_name: str
    family_name: str
    birth_date: date
    languages: list[str]
    role: str
    interpreter: bool
    joined_on: Annotated[date | None, Field(description="Null: since the case was opened.")]
    left_on: date | None
    left_reason: LeavingReason | None
    also_in: list[AlsoInAnswer]


class AlsoInOfMember(AlsoInAnswer):
    """Another open case of a member (index in the household)."""

    member: int


class CreatedCase(Created):
    """The case that is there now, and who of its household is in other open cases as well."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": CASE_ID, "also_in": []}]})

    also_in: list[AlsoInOfMember]


class CreatedMember(Created):
    """The member who is there now, and other open cases of the same person."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"id": PERSON_ID, "also_in": [{"case": None, "office": OFFICE}]}]
        }
    )

    also_in: list[AlsoInAnswer]


class StepReferralAnswer(BaseModel):
    """The latest referral of a step."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    status: Status
    to_agency: AgencyLink


class StepAnswer(BaseModel):
    """A step of a path. ``responsible``: the agency that has the next move of the client.

    ``version``: the version of the pathway that describes it. That is the path's, or an earlier
    one on which the step began before the path was moved.
    """

    key: str
    version: int
    legal_area: str
    status: StepStatus
    responsible: AgencyLink | None
    clock: ClockAnswer | None
    referral: StepReferralAnswer | None


class PathAnswer(BaseModel):
    """A path. ``member``: index in the household, null for all of it."""

    id: UUID
    pathway: str
    version: int
    member: int | None
    steps: list[StepAnswer]


class ConsentAnswer(BaseModel):
    """A consent; its id can be the basis of a referral. Days in Berlin."""

    id: UUID
    member: int
    agency: AgencyLink | None
    legal_area: str | None
    fields: list[str]
    purpose: str
    given_at: date
    form: str
    valid_until: date
    withdrawn_at: date | None


class OfferedToAnswer(BaseModel):
    """The office that a case is offered to, and by when it is to answer."""

    model_config = ConfigDict(from_attributes=True)

    office: AgencyLink
    due_at: AwareDatetime


class OfferAnswer(BaseModel):
    """A case on offer, without anybody of the household."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"examples": [OFFER]})

    case_id: UUID
    from_office: AgencyLink
    to_office: AgencyLink
    municipality: str
    household_size: int
    since: AwareDatetime
    due_at: AwareDatetime
    note: str | None


class OffersAnswer(BaseModel):
    """The cases that other offices offer, and those that one's own office offers."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"to_us": [OFFER], "by_us": []}]})

    to_us: list[OfferAnswer]
    by_us: list[OfferAnswer]


class CaseLine(BaseModel):
    """A case in a list, without anybody of the household."""

    model_config = ConfigDict(json_schema_extra={"examples": [CASE_LINE]})

    id: UUID
    status: CaseStatus
    municipality: Annotated[str, Field(description="AGS key.")]
    office: AgencyLink
    case_manager: PersonLink
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None
    outcome: str | None


class CaseAnswer(CaseLine):
    """A case with everything in it."""

    model_config = ConfigDict(json_schema_extra={"examples": [CASE]})

    seq: Annotated[int, Field(description="Number of the case's last event.")]
    household: Annotated[
        list[MemberAnswer],
        Field(description="In the order in which members are counted; who has left stays there."),
    ]
    paths: list[PathAnswer]
    consents: list[ConsentAnswer]
    offered_to: Annotated[
        OfferedToAnswer | None,
        Field(description="The office that is to take the case over, until it answers."),
    ]
