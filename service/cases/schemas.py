"""What programs and pages send about cases."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from service.web.text import Line, Paragraphs
from workflows.domain.basis import Application, Basis
from workflows.domain.personal_data import PersonalData
from workflows.domain.reasons import CaseOutcome, LeavingReason, Reason
from workflows.domain.working_days import local_day

EARLIEST_BIRTH = date(1900, 1, 1)
MOST_PATHS = 20
"""So many paths a case can begin with."""


def _day(value: object) -> object:
    """Take the Berlin day of a full timestamp; programs often send one."""
    if isinstance(value, str) and "T" in value:
        moment = datetime.fromisoformat(value)
        try:
            return local_day(moment) if moment.tzinfo else moment.date()
        except OverflowError:
            raise ValueError("this day is out of range") from None
    return value


Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w.-]+$")]
Day = Annotated[date, BeforeValidator(_day)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
"""A language to interpret from, by its code (ISO 639), such as ``ar``."""


PastDay = Annotated[Day, Field(ge=EARLIEST_BIRTH)]
"""A day in somebody's life, at most as long ago as the oldest were born."""


class Body(BaseModel):
    """Base of what is sent to us: unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewMember(Body):
    """A member of the household. ``languages``: BCP 47 codes such as ``ar``, ``ku``, ``uk``.

    ``interpreter``: it does not work without one; requests then say so.
    """

    given_name: Line
    family_name: Line
    birth_date: PastDay
    languages: Annotated[tuple[Code, ...], Field(max_length=10)] = ()
    role: Code = "adult"
    interpreter: bool = False


class JoiningMember(NewMember):
    """Somebody who joins the household of an open case, today if ``joined_on`` is not named."""

    joined_on: PastDay | None = None


class LeavingMember(Body):
    """Since when somebody does not belong to the household any more, and why."""

    left_on: PastDay
    reason: LeavingReason
    note: Paragraphs | None = None


class NewPath(Body):
    """A pathway to run: for one member (index in the household), or for all (None)."""

    pathway: Code
    member: Annotated[int, Field(ge=0)] | None = None


class StartPathBody(NewPath):
    """A path to start in an open case; ``entitlement``: it leads to what follows that one."""

    entitlement: UUID | None = None


class NewConsent(Body):
    """A consent. ``agency`` is an id or a key. Days are those in Berlin."""

    member: Annotated[int, Field(ge=0)]
    agency: Code | None = None
    legal_area: Code | None = None
    fields: Annotated[tuple[PersonalData, ...], Field(min_length=1)]
    purpose: Line
    given_at: Day
    form: Code = "written"
    valid_until: Day

    @model_validator(mode="after")
    def _names_a_recipient(self) -> "NewConsent":
        if (self.agency is None) == (self.legal_area is None):
            raise ValueError("a consent names either an agency or a legal area")
        if self.valid_until < self.given_at:
            raise ValueError("a consent cannot end before it was given")
        return self


class NewCase(Body):
    """A household and what it needs."""

    municipality: Annotated[str, Field(pattern=r"^\d{8}$")]
    case_manager: Code | None = None
    household: Annotated[tuple[NewMember, ...], Field(min_length=1, max_length=20)]
    paths: Annotated[tuple[NewPath, ...], Field(min_length=1, max_length=MOST_PATHS)]
    consents: Annotated[tuple[NewConsent, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _members_exist(self) -> "NewCase":
        members = [path.member for path in self.paths if path.member is not None]
        members += [consent.member for consent in self.consents]
        if any(member >= len(self.household) for member in members):
            raise ValueError("a path or a consent names a member that the household does not have")
        if len(set(self.paths)) < len(self.paths):
            raise ValueError("the same path is there twice")
        return self


class NewReferral(Body):
    """A step to be sent to an agency (id or key). ``path`` where several have such a step."""

    step: Code
    path: UUID | None = None
    agency: Code
    basis: Basis
    note: Paragraphs | None = None
    application: Application | None = None
    interpreter: Language | None = None


class ReferAgain(Body):
    """Where a step goes whose referral came back."""

    agency: Code
    basis: Basis
    note: Paragraphs | None = None
    application: Application | None = None
    interpreter: Language | None = None


class WaiveStep(Body):
    """Why a step is left out; an optional one that no agency has turned down needs no reason."""

    reason: Reason | None = None
    path: UUID | None = None
    note: Paragraphs | None = None


class CloseCase(Body):
    """With which outcome a case is closed."""

    outcome: CaseOutcome
    note: Paragraphs | None = None


class ReopenCase(Body):
    """Why a closed case is opened again."""

    note: Paragraphs | None = None


class TransferCase(Body):
    """To which office a case is offered, and on which basis its whole file may go there."""

    office: Code
    basis: Basis
    note: Paragraphs | None = None


class AcceptCase(Body):
    """Who takes a case on that another office offers. Case managers take it on themselves."""

    case_manager: Code | None = None
    note: Paragraphs | None = None


class DeclineCase(Body):
    """Why a case is not taken over."""

    note: Paragraphs | None = None


class Nothing(Body):
    """An act that needs nothing to go with it."""


class AssignCase(Body):
    """Who takes the case on: id or user name."""

    case_manager: Code
