"""The page on which a house says what others have to know: room, closing days, mail."""

from collections.abc import Awaitable, Callable
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from service.agencies.capacity import Capacity
from service.agencies.own_house import (
    FURTHEST_AHEAD,
    KEEPS_THE_HOUSE,
    LONGEST_CLOSURE,
    OwnHouse,
    close_on,
    open_on,
    read_own_house,
    set_capacity,
    set_supervisors_told,
    working_days_from,
)
from service.web.dependencies import CurrentVisitor, Db, Rendering, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import Translator, _
from service.web.problems import not_found, standard_refusal
from service.web.visitors import Visitor
from workflows.domain.principal import Principal, Role
from workflows.domain.working_days import local_day

router = APIRouter(prefix="/our-agency")

HAVE_A_HOUSE = frozenset({Role.AGENCY_MEMBER, Role.SUPERVISOR})
FULL, UNTIL = "full", "full-until"


@router.get("")
async def show_own_house(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db, pages: Rendering
) -> Response:
    """Show what the house says about itself."""
    async with database.transaction() as connection:
        house = await _read(connection, principal, visitor)
    return _render(request, visitor, pages, house)


@router.post("/capacity")
async def say_whether_there_is_room(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db, pages: Rendering
) -> Response:
    """Say whether there is room, and until when there is none."""
    form, today = await sent_form(request), local_day(visitor.now)
    until = _full_until(visitor.t, form, today)

    async def change(connection: AsyncConnection) -> None:
        is_full = form.value("room") == FULL
        await set_capacity(
            connection,
            principal,
            Capacity.FULL if is_full else Capacity.AVAILABLE,
            until if is_full else None,
        )

    done = Flash(visitor.t(_("That is noted. Whoever wants to send you a request sees it.")))
    return await _change(request, visitor, principal, database, pages, form, change, done)


@router.post("/closing-days")
async def enter_closing_days(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db, pages: Rendering
) -> Response:
    """Enter the days of a closure."""
    form, t = await sent_form(request), visitor.t
    days = _days_of_closure(t, form, local_day(visitor.now))

    async def change(connection: AsyncConnection) -> None:
        await close_on(connection, principal, days)

    done = Flash(
        t.plural("One closing day is entered.", "%(num)s closing days are entered.", len(days)),
        t(_("Deadlines that are agreed from now on leave them out.")),
    )
    return await _change(request, visitor, principal, database, pages, form, change, done)


@router.post("/closing-days/remove")
async def remove_closing_day(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db, pages: Rendering
) -> Response:
    """Take a closing day out again."""
    form = await sent_form(request)
    day = _day(form.value("day"))
    if day is None:
        raise standard_refusal(422)

    async def change(connection: AsyncConnection) -> None:
        await open_on(connection, principal, day)

    done = Flash(visitor.t(_("The closing day is taken out.")))
    return await _change(request, visitor, principal, database, pages, form, change, done)


@router.post("/mail")
async def agree_to_mail(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db, pages: Rendering
) -> Response:
    """Agree that the supervisors hear of gaps in others' requests, or not."""
    form, t = await sent_form(request), visitor.t
    agreed = bool(form.value("told"))

    async def change(connection: AsyncConnection) -> None:
        await set_supervisors_told(connection, principal, agreed=agreed)

    told = _("Agreed: your supervisors get a mail when a request is stuck with you.")
    not_told = _("Noted: your supervisors get no mail. The asking office gets in touch instead.")
    done = Flash(t(told if agreed else not_told))
    return await _change(request, visitor, principal, database, pages, form, change, done)


async def _change(
    request: Request,
    visitor: Visitor,
    principal: Principal,
    database: Db,
    pages: Rendering,
    form: Form,
    change: Callable[[AsyncConnection], Awaitable[None]],
    done: Flash,
) -> Response:
    """Do it and say so, or show what is wrong. Raises the refusals 403 and 404."""
    async with database.transaction() as connection:
        house = await _read(connection, principal, visitor)
        if not form.ok:
            return _render(request, visitor, pages, house, form)
        try:
            await change(connection)
        except PermissionError:
            raise standard_refusal(403) from None
    return redirect(request, "/our-agency", done)


async def _read(connection: AsyncConnection, principal: Principal, visitor: Visitor) -> OwnHouse:
    house = None
    if principal.role in HAVE_A_HOUSE:
        house = await read_own_house(connection, principal, local_day(visitor.now))
    if house is None:
        raise not_found()
    return house


def _filled(house: OwnHouse) -> Form:
    return Form.filled(
        room=house.capacity,
        **{UNTIL: house.full_until.isoformat() if house.full_until else ""},
        told=["yes"] if house.supervisors_are_told else [],
    )


def _full_until(t: Translator, form: Form, today: date) -> date | None:
    """Read until when there is no room; nothing means: until further notice."""
    typed = form.value(UNTIL).strip()
    if form.value("room") != FULL or not typed:
        return None
    day = _day(typed)
    if day is None or not today <= day <= today + FURTHEST_AHEAD:
        form.refuse(UNTIL, t(_("Please enter a day that is still to come.")))
    return day


def _days_of_closure(t: Translator, form: Form, today: date) -> list[date]:
    first, last = _day(form.value("first")), _day(form.value("last") or form.value("first"))
    if first is None or not today <= first <= today + FURTHEST_AHEAD:
        form.refuse("first", t(_("Please enter a day that is still to come.")))
    elif last is None or last < first:
        form.refuse("last", t(_("Please enter a day that is not before the first one.")))
    elif last - first > LONGEST_CLOSURE:
        form.refuse("last", t(_("A closure can last three months at most.")))
    elif days := working_days_from(first, last):
        return days
    else:
        form.refuse("first", t(_("On these days nobody works anyway.")))
    return []


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _render(
    request: Request,
    visitor: Visitor,
    pages: Rendering,
    house: OwnHouse,
    sent: Form | None = None,
) -> Response:
    """Render the page; one of its forms as it was sent, if it was, the others as things stand."""
    keeps_the_house = visitor.user is not None and visitor.user.principal.role in KEEPS_THE_HOUSE
    return pages.render(
        request,
        "pages/our-agency.html",
        status=422 if sent else 200,
        house=house,
        form=sent or Form({}),
        as_it_is=_filled(house),
        sent=sent,
        keeps_the_house=keeps_the_house,
        is_asked=not visitor.works_in_office,
    )
