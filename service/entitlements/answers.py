"""Entitlements as programs see them."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from service.cases.examples import PATH_ID
from service.entitlements.views import EntitlementView
from workflows.domain.entitlement_kinds import EntitlementKind
from workflows.domain.gaps import GapLevel
from workflows.domain.reasons import Reason

ENTITLEMENT_ID = "01920000-0000-7000-8000-0000000000ee"
CERTIFICATE: dict[str, Any] = {
    "id": ENTITLEMENT_ID,
    "member": 0,
    "kind": "provisional-residence",
    "starts_on": "2026-09-01",
    "printed_until": "2026-11-30",
    "effective_until": None,
    "last_day": None,
    "path": None,
    "let_go": None,
    "act_by": None,
    "gap_level": None,
}
TITLE: dict[str, Any] = CERTIFICATE | {
    "kind": "residence-title",
    "printed_until": "2027-01-31",
    "last_day": "2027-01-31",
    "path": PATH_ID,
    "act_by": "2027-01-31T22:59:59Z",
}
KIND: dict[str, Any] = {
    "key": "residence-title",
    "title": {"de": "Aufenthaltserlaubnis", "en": "Residence permit"},
    "area": "residence",
    "paragraph": "§ 8 AufenthG",
    "until_decided": False,
    "lead_days": 56,
    "proposes": "provisional-residence",
}


class EntitlementAnswer(BaseModel):
    """What a member (index in the household) may do or gets. Days in Berlin.

    ``last_day`` is the one that counts, null while nothing ends it: a provisional certificate
    holds until the decision, also after ``printed_until``. ``act_by``: until when what follows has
    to be under way, null where nothing has to. ``path``: started for that.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [TITLE]})

    id: UUID
    member: int
    kind: str
    starts_on: date
    printed_until: date | None
    effective_until: date | None
    last_day: date | None
    path: UUID | None
    let_go: Reason | None
    act_by: AwareDatetime | None
    gap_level: GapLevel | None


class TimelineAnswer(BaseModel):
    """Everything noted of a case. There are at most 200 entries: ``next`` is always null."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [CERTIFICATE]}]})

    items: list[EntitlementAnswer]
    next: str | None = None


class KindsAnswer(BaseModel):
    """Every kind that can be noted. There are few: ``next`` is always null."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [KIND]}]})

    items: list[EntitlementKind]
    next: str | None = None


def show_entitlement(view: EntitlementView, household: list[UUID]) -> EntitlementAnswer:
    """Return it as programs see it. ``household``: the ids of its members, in their order."""
    return EntitlementAnswer(
        id=view.id,
        member=household.index(view.member_id),
        kind=view.kind.key,
        starts_on=view.starts_on,
        printed_until=view.printed_until,
        effective_until=view.effective_until,
        last_day=view.last_day,
        path=view.path_id,
        let_go=Reason(view.let_go) if view.let_go else None,
        act_by=view.act_by,
        gap_level=GapLevel(view.gap_level) if view.gap_level else None,
    )
