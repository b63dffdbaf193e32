"""What has to be known of a running case to go on with it here.

Agencies are named by their keys, people by their user names, members of the household, paths and
consents by their position (from 0). All times carry a time zone.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from service.cases.schemas import Body, NewConsent, NewMember, NewPath
from service.referrals.schemas import AppointmentBody
from service.web.text import Line, Paragraphs
from workflows.domain.actions import Action
from workflows.domain.clocks import Party
from workflows.domain.conferences import LegalStep
from workflows.domain.joins import Key
from workflows.domain.reasons import CaseOutcome, LeavingReason, Reason
from workflows.domain.referral_state import Channel, ReferralOutcome
from workflows.domain.working_days import local_day

Position = Annotated[int, Field(ge=0)]


class StartedPath(NewPath):
    """A pathway for one member or for all. ``version`` None: the newest that is published here.

    ``done``: steps that were finished before anybody kept book of agencies and days.
    ``stands_at``: the step that it has come to, whatever is known of the household.
    """

    version: int | None = None
    stands_at: Key | None = None
    done: Annotated[tuple[Key, ...], Field(max_length=40)] = ()


class PastApplication(Body):
    """An application for a benefit that went along, with the day on which it was filed."""

    benefit: Key
    office: Key
    filed_on: date


class PastSource(Body):
    """How the answer of an agency came that is not on board."""

    channel: Channel
    on: date
    spoken_to: Line | None = None


class _Past(Body):
    at: AwareDatetime
    actor: str
    note: Paragraphs | None = None


class _OnABasis(Body):
    """Data went along, on a consent or on a statute."""

    consent: Position | None = None
    statute: str | None = None

    @model_validator(mode="after")
    def _names_a_basis(self) -> Self:
        if (self.consent is None) == (self.statute is None):
            raise ValueError("a transfer of data rests on either a consent or a statute")
        return self


class PastStepAct(_Past):
    """Something was done about a step."""

    path: Position = 0
    step: Key


class PastReferral(PastStepAct, _OnABasis):
    """A step was sent to an agency; a statute is one that the step names."""

    action: Literal["refer"]
    agency: Key
    application: PastApplication | None = None


class PastWaiver(PastStepAct):
    """A step was left out; an optional one without a reason."""

    action: Literal["waive"]
    reason: Reason | None = None


class PastMove(PastStepAct):
    """Something was done with the latest referral of a step; what was taken back never happened.

    What goes with an act is what goes with it today: ``until`` is the last day of a hold or of a
    moved deadline, ``party`` whom a hold waits for, ``agency`` the one that is competent,
    ``next_step`` what a case conference came to without one.

    ``from_records``: the sender's own records say that the agency did it, on this day; by which
    channel the answer came is not known any more.
    """

    action: Literal[
        Action.RECEIVE,
        Action.CLAIM,
        Action.RELEASE,
        Action.ASSIGN,
        Action.ACCEPT,
        Action.REJECT,
        Action.REDIRECT,
        Action.ASK,
        Action.ANSWER,
        Action.APPOINT,
        Action.NO_SHOW,
        Action.ARRIVE,
        Action.PROGRESS,
        Action.HOLD,
        Action.RESUME,
        Action.COMPLETE,
        Action.FAIL,
        Action.CANCEL,
        Action.NUDGE,
        Action.MOVE_DEADLINE,
        Action.CONFER,
        Action.CONFIRM,
        Action.DISPUTE,
    ]
    reason: Reason | None = None
    source: PastSource | None = None
    from_records: bool = False
    assignee: str | None = None
    until: date | None = None
    party: Party | None = None
    agency: Key | None = None
    appointment: AppointmentBody | None = None
    outcome: ReferralOutcome | None = None
    next_step: LegalStep | None = None


class PastOffer(_Past, _OnABasis):
    """The case was offered to another office, which has not answered yet."""

    action: Literal["transfer"]
    office: Key


class PastClosing(_Past):
    """The case was closed."""

    action: Literal["close"]
    outcome: CaseOutcome


class PastReopening(_Past):
    """The closed case was opened again."""

    action: Literal["reopen"]


class PastEntitlement(_Past):
    """It was noted what a member of the household may do or gets; what ends by law ended then."""

    action: Literal["record-entitlement"]
    member: Position = 0
    kind: Key
    starts_on: date
    printed_until: date | None = None
    effective_until: date | None = None


class PastJoining(_Past):
    """Somebody joined the household, on that day if ``joined_on`` is not named."""

    action: Literal["add-member"]
    person: NewMember
    joined_on: date | None = None

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        joined_on = self.joined_on or local_day(self.at)
        if not self.person.birth_date <= joined_on <= local_day(self.at):
            raise ValueError("nobody joins before birth, or later than it was noted")
        return self


class PastLeaving(_Past):
    """Somebody left it, on that day if ``left_on`` is not named.

    Whoever has joined is counted after those of the ``household``.
    """

    action: Literal["remove-member"]
    member: Position
    reason: LeavingReason
    left_on: date | None = None


PastAct = (
    PastReferral
    | PastWaiver
    | PastMove
    | PastEntitlement
    | PastJoining
    | PastLeaving
    | PastOffer
    | PastClosing
    | PastReopening
)


class TakenOverCase(Body):
    """A running case. ``source`` and ``external_id`` name it where it comes from, for good."""

    source: Key
    external_id: Annotated[str, Field(min_length=1, max_length=100)]
    municipality: Annotated[str, Field(pattern=r"^\d{8}$")]
    office: Key
    case_manager: str
    opened_at: AwareDatetime
    household: Annotated[tuple[NewMember, ...], Field(min_length=1, max_length=20)]
    paths: Annotated[tuple[StartedPath, ...], Field(min_length=1, max_length=20)]
    consents: Annotated[tuple[NewConsent, ...], Field(max_length=200)] = ()
    acts: Annotated[
        tuple[Annotated[PastAct, Field(discriminator="action")], ...], Field(max_length=2000)
    ] = ()
    """Everything that was done, in the order in which it was."""

    @model_validator(mode="after")
    def _check_positions(self) -> Self:
        members, paths, consents = len(self.household), len(self.paths), len(self.consents)
        named = [path.member for path in self.paths] + [given.member for given in self.consents]
        if any(member is not None and member >= members for member in named):
            raise ValueError("a path or a consent names a member who is not in the household")
        joined = sum(isinstance(act, PastJoining) for act in self.acts)
        noted = [act.member for act in self.acts if isinstance(act, PastEntitlement)]
        if any(member >= members + joined for member in noted):
            raise ValueError("an act names a member who is not in the household")
        on_paths = [act for act in self.acts if isinstance(act, PastStepAct)]
        if any(act.path >= paths for act in on_paths):
            raise ValueError("an act names a path that the case does not have")
        bases = [act.consent for act in self.acts if isinstance(act, PastReferral | PastOffer)]
        if any(basis is not None and basis >= consents for basis in bases):
            raise ValueError("an act names a consent that the case does not have")
        return self
