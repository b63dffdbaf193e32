"""Stalled: what is stuck, in whose hands, since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.colleagues import Colleague, Colleagues
from service.desk.items import Inquiry, Station
from service.desk.limits import HowMany, Shown
from service.desk.repository import Desk
from service.desk.soon import end_of_next_working_day
from service.entitlements.repository import running_out
from service.referrals.views import ReceiverView
from service.web.dependencies import CurrentVisitor, Db, Rendering, SignedIn
from service.web.problems import standard_refusal
from workflows.domain.clocks import Party
from workflows.domain.principal import Principal, Role
from workflows.domain.working_days import local_day, working_days_between

router = APIRouter()

OWN_HOUSE = "office"


@dataclass(frozen=True)
class Waiting:
    """A step of the office and how long it has been with the party: in working days."""

    station: Station
    working_days: int


@dataclass(frozen=True)
class Group:
    """Everything that waits for one party, oldest first. ``agency`` None: the own office."""

    key: str
    agency: ReceiverView | None
    items: list[Waiting]


@dataclass(frozen=True)
class HeldInquiry:
    """A request to the agency and how long it has been there: in working days."""

    inquiry: Inquiry
    working_days: int


@router.get("/stalled")
async def stalled(
    request: Request,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    pages: Rendering,
    shown: HowMany,
    agency: str = "",
) -> Response:
    """Show what is overdue or due by the next working day, by whose clock runs.

    ``agency`` (a key, ``office`` for the own house) shows the group of that party only.
    """
    if principal.role is not Role.SUPERVISOR:
        raise standard_refusal(403)
    async with database.transaction() as connection:
        if visitor.works_in_office:
            content = await _of_the_office(connection, principal, visitor.now, shown, agency)
            return pages.render(request, "pages/stalled.html", **content)
        content = await _of_the_agency(connection, principal, visitor.now, shown)
        return pages.render(request, "pages/stalled-agency.html", **content)


async def _of_the_office(
    connection: AsyncConnection, principal: Principal, now: datetime, shown: Shown, agency: str
) -> dict[str, Any]:
    stations = await Desk(connection).stations(
        principal, now, limit=shown.limit, due_before=end_of_next_working_day(now)
    )
    ends = await running_out(
        connection, principal, now, due_before=end_of_next_working_day(now), limit=shown.rows
    )
    groups = _grouped(stations[: shown.rows], now)
    return {
        "groups": [group for group in groups if agency in {"", group.key}],
        "all_groups": groups,
        "running_out": ends if agency in {"", OWN_HOUSE} else [],
        "chosen": agency,
        "colleagues": await Colleagues(connection).all(principal, Role.CASE_MANAGER),
        "more": shown.more(len(stations)),
    }


async def _of_the_agency(
    connection: AsyncConnection, principal: Principal, now: datetime, shown: Shown
) -> dict[str, Any]:
    inquiries = await Desk(connection).inquiries(
        principal,
        now,
        limit=shown.limit,
        party=Party.RECEIVER,
        due_before=end_of_next_working_day(now),
    )
    colleagues: list[Colleague] = await Colleagues(connection).all(principal, Role.AGENCY_MEMBER)
    return {
        "items": [
            HeldInquiry(inquiry, _working_days(inquiry.since, now))
            for inquiry in inquiries[: shown.rows]
        ],
        "colleagues": colleagues,
        "more": shown.more(len(inquiries)),
    }


def _grouped(stations: Iterable[Station], now: datetime) -> list[Group]:
    """Group by party, the one with the oldest deadline first."""
    groups: dict[str, Group] = {}
    for station in stations:
        agency = None if station.is_the_offices else station.receiver
        key = agency.key if agency else OWN_HOUSE
        group = groups.setdefault(key, Group(key, agency, []))
        group.items.append(Waiting(station, _working_days(station.since, now)))
    return list(groups.values())


def _working_days(since: datetime, now: datetime) -> int:
    return working_days_between(local_day(since), local_day(now))
