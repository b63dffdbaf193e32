"""My day: what needs this person now, and whom they wait for."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from service.desk.items import Inquiry, Station
from service.desk.limits import HowMany, Shown
from service.desk.repository import Desk
from service.desk.soon import end_of_next_working_day
from service.entitlements.repository import running_out
from service.entitlements.soon import in_sight
from service.web.dependencies import CurrentVisitor, Db, Rendering, SignedIn
from workflows.domain.clocks import Party
from workflows.domain.principal import Principal, Role

router = APIRouter()

WORKS_HERE = frozenset({Role.CASE_MANAGER, Role.AGENCY_MEMBER, Role.SUPERVISOR})


@router.get("/my-day")
async def my_day(
    request: Request,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    pages: Rendering,
    shown: HowMany,
) -> Response:
    """Show the desk of the office or of the agency, or to others what would be here."""
    if principal.role not in WORKS_HERE:
        return pages.render(request, "pages/my-day-elsewhere.html")
    async with database.transaction() as connection:
        if visitor.works_in_office:
            content = await _of_the_office(connection, principal, visitor.now, shown)
            return pages.render(request, "pages/my-day.html", **content)
        content = await _of_the_agency(connection, principal, visitor.now, shown)
        return pages.render(request, "pages/my-day-agency.html", **content)


async def _of_the_office(
    connection: AsyncConnection, principal: Principal, now: datetime, shown: Shown
) -> dict[str, Any]:
    desk, mine = Desk(connection), principal.role is Role.CASE_MANAGER
    stations = await desk.stations(principal, now, limit=shown.limit, mine=mine)
    ends = await running_out(
        connection, principal, now, due_before=in_sight(now), limit=shown.rows, mine=mine
    )
    finished = await desk.finished_cases(principal, now, limit=shown.rows, mine=mine)
    soon = end_of_next_working_day(now)
    listed = stations[: shown.rows]
    return {
        "whole_house": not mine,
        "now_mine": [station for station in listed if _needs_the_office(station, soon)],
        "to_confirm": [station for station in listed if station.is_to_be_confirmed],
        "waiting": [station for station in listed if _is_others(station, soon)],
        "finished": finished,
        "running_out": ends,
        "more": shown.more(len(stations)),
    }


def _needs_the_office(station: Station, soon: datetime) -> bool:
    """Tell whether the office has to act: to refer, to answer, to ring or to ask."""
    if station.is_to_be_confirmed:
        return False
    asks_soon = station.is_asked_by_telephone or station.is_the_offices
    is_due = station.is_to_be_referred or station.is_a_question
    return is_due or (asks_soon and station.due_at <= soon)


def _is_others(station: Station, soon: datetime) -> bool:
    return not station.is_to_be_confirmed and not _needs_the_office(station, soon)


async def _of_the_agency(
    connection: AsyncConnection, principal: Principal, now: datetime, shown: Shown
) -> dict[str, Any]:
    inquiries = await Desk(connection).inquiries(principal, now, limit=shown.limit)
    whole_house = principal.role is Role.SUPERVISOR

    def is_mine(inquiry: Inquiry) -> bool:
        free_or_own = inquiry.claimed_by_id in {None, principal.user_id}
        return inquiry.party == Party.RECEIVER and (whole_house or free_or_own)

    listed = inquiries[: shown.rows]
    return {
        "whole_house": whole_house,
        "now_mine": [inquiry for inquiry in listed if is_mine(inquiry)],
        "waiting": [inquiry for inquiry in listed if not is_mine(inquiry)],
        "more": shown.more(len(inquiries)),
    }
