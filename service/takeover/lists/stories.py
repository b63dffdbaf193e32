"""From the rows of a household to the running case that the door takes over."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from service.cases.schemas import NewConsent, NewMember
from service.takeover.lists.progress import Progress
from service.takeover.lists.requests import Request
from service.takeover.lists.surroundings import Account
from service.takeover.models import StartedPath, TakenOverCase
from workflows.domain.actions import Action
from workflows.domain.personal_data import PersonalData
from workflows.domain.working_days import at_local_time

SOURCE = "list"
NOON = time(12, 0)
"""A list knows days; each counts from its middle, in Berlin."""

MOVES = {"accepted": Action.ACCEPT, "arrived": Action.ARRIVE, "completed": Action.COMPLETE}


def external_id(office: UUID, reference: str) -> str:
    """Return the name that a case has for the door: references belong to an office."""
    return f"{office}:{reference}"


def story_of(
    reference: str,
    municipality: str,
    manager: Account,
    household: tuple[NewMember, ...],
    progress: Progress,
    request: Request | None,
    now: datetime,
) -> TakenOverCase:
    """Return the case as the door takes it. The first member is the one whom the path is for."""
    return TakenOverCase(
        source=SOURCE,
        external_id=external_id(manager.office.id, reference),
        municipality=municipality,
        office=manager.office.key,
        case_manager=manager.name,
        opened_at=_instant(progress.since, now),
        household=household,
        paths=(
            StartedPath(
                pathway=progress.pathway.key,
                version=progress.pathway.version,
                member=0,
                done=progress.done,
                stands_at=progress.step.key,
            ),
        ),
        consents=_consents(progress, request),
        acts=_acts(manager.name, progress, request, now) if request else (),
    )


def _acts(actor: str, progress: Progress, request: Request, now: datetime) -> Any:
    common = {"actor": actor, "step": progress.step.key}
    refer = {
        **common,
        "action": "refer",
        "at": _instant(progress.days["requested"], now),
        "agency": request.agency.key,
        "note": request.note or None,
        "statute": request.statute,
        "consent": 0 if request.consent else None,
    }
    moves = [
        {
            **common,
            "action": action,
            "at": _instant(progress.days[key], now),
            "from_records": True,
        }
        for key, action in MOVES.items()
        if key in progress.days
    ]
    return (refer, *moves)


def _consents(progress: Progress, request: Request | None) -> tuple[NewConsent, ...]:
    if request is None or request.consent is None:
        return ()
    fields = dict.fromkeys(progress.step.fields)
    if request.note:
        fields |= {PersonalData.NOTE: None}
    return (
        NewConsent(
            member=0,
            agency=request.agency.key,
            fields=tuple(fields),
            purpose=progress.step.title.de[:200],
            given_at=request.consent.given_on,
            valid_until=request.consent.valid_until,
        ),
    )


def _instant(day: date, now: datetime) -> datetime:
    return min(at_local_time(day, NOON), now)
