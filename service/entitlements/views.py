"""Entitlements as pages and programs see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from workflows.domain.entitlement_kinds import EntitlementKind


@dataclass(frozen=True)
class EntitlementView:
    """What a member may do or gets. Days in Berlin; ``act_by`` in UTC, None: nothing to be done.

    ``last_day`` counts: None while nothing ends it. ``gap_level``: of its open gap.
    """

    id: UUID
    member_id: UUID
    kind: EntitlementKind
    starts_on: date
    printed_until: date | None
    effective_until: date | None
    until_decided: bool
    last_day: date | None
    path_id: UUID | None
    let_go: str | None
    act_by: datetime | None
    gap_level: str | None


@dataclass(frozen=True)
class RunsOut:
    """An entitlement in the lists of the office, with whom it is about. Times in UTC."""

    case_id: UUID
    entitlement_id: UUID
    kind: EntitlementKind
    subject: str
    case_manager: str
    last_day: date
    path_id: UUID | None
    since: datetime
    act_by: datetime
    gap_level: str | None
