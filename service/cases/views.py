"""A case as pages and programs see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from service.agencies.names import AgencyName
from workflows.domain.clocks import Party
from workflows.domain.pathway import Pathway, StepDefinition


@dataclass(frozen=True)
class Elsewhere:
    """Another open case that somebody belongs to; ``case_id`` None: the reader may not see it."""

    office: AgencyName
    case_id: UUID | None


@dataclass(frozen=True)
class MemberView:
    """A member of the household, or who was one until ``left_on``. Days in Berlin.

    ``joined_on`` None: the person belonged to it when the case was opened.
    """

    id: UUID
    given_name: str
    family_name: str
    birth_date: date
    languages: list[str]
    role: str
    interpreter: bool
    names_case: bool
    joined_on: date | None
    left_on: date | None
    left_reason: str | None
    also_in: list[Elsewhere]

    @property
    def is_present(self) -> bool:
        """Tell whether the person belongs to the household now."""
        return self.left_on is None

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class ClockView:
    """Whose clock runs, since when, until when (UTC)."""

    party: str
    since: datetime
    due_at: datetime


@dataclass(frozen=True)
class StepReferral:
    """The latest referral of a step. ``on_board`` False: the agency has to be called."""

    id: UUID
    status: str
    to_agency: AgencyName
    on_board: bool


@dataclass(frozen=True)
class StepView:
    """One station of a path. ``definition`` has its texts, as its ``version`` of the pathway says.

    That is the path's version, or an earlier one on which the step began.
    """

    key: str
    legal_area: str
    status: str
    responsible: AgencyName | None
    clock: ClockView | None
    referral: StepReferral | None
    definition: StepDefinition
    version: int

    @property
    def is_asked_by_telephone(self) -> bool:
        """Tell whether the office has to ring for the answer that it waits for."""
        waits = self.clock is not None and self.clock.party == Party.RECEIVER
        return waits and self.referral is not None and not self.referral.on_board


@dataclass(frozen=True)
class PathView:
    """One path of the household; ``member`` None: for all of it.

    ``newest_version`` is the latest published one; ``pathway`` is the one that the path is on.
    """

    id: UUID
    pathway: Pathway
    member: MemberView | None
    steps: list[StepView]
    newest_version: int


@dataclass(frozen=True)
class ConsentView:
    """One consent. Days in Berlin."""

    id: UUID
    member_id: UUID
    agency: AgencyName | None
    legal_area: str | None
    fields: list[str]
    purpose: str
    given_on: date
    form: str
    valid_until: date
    withdrawn_on: date | None


@dataclass(frozen=True)
class OfferedTo:
    """The office that a case is offered to, and by when it is to answer (UTC)."""

    office: AgencyName
    due_at: datetime


@dataclass(frozen=True)
class CaseView:
    """The whole case. Whoever has left keeps the place in ``household`` by which it is counted."""

    id: UUID
    status: str
    municipality: str
    municipality_name: str
    office: AgencyName
    case_manager_id: UUID
    case_manager_name: str
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None
    seq: int
    household: list[MemberView]
    paths: list[PathView]
    consents: list[ConsentView]
    offered_to: OfferedTo | None

    @property
    def present(self) -> list[MemberView]:
        """Everybody who belongs to the household now."""
        return [member for member in self.household if member.is_present]

    @property
    def gone(self) -> list[MemberView]:
        """Everybody who has left it."""
        return [member for member in self.household if not member.is_present]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Number in the household and name of everybody whom something new can be for."""
        return [
            (str(number), member.name)
            for number, member in enumerate(self.household)
            if member.is_present
        ]

    @property
    def named_after(self) -> MemberView:
        """The person whom the case is named after."""
        return next(member for member in self.household if member.names_case)

    def member(self, member_id: UUID) -> MemberView | None:
        """Return a member, or who was one; None if there is nobody of this id."""
        return next((one for one in self.household if one.id == member_id), None)
