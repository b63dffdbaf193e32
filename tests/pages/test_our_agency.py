"""What a house says about itself: room, closing days, mail to its supervisors."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from service.agencies.tables import agencies, closing_days
from tests import cast
from tests.pages.conftest import SignIn
from tests.world import World
from workflows.domain.principal import Principal
from workflows.domain.working_days import add_working_days, local_day

PAGE = "/our-agency"


async def _house(world: World, agency: object) -> object:
    async with world.container.database.transaction() as connection:
        return (
            await connection.execute(
                select(
                    agencies.c.capacity, agencies.c.full_until, agencies.c.supervisors_are_told
                ).where(agencies.c.id == agency)
            )
        ).one()


async def _closed(world: World) -> list[tuple[object, date]]:
    async with world.container.database.transaction() as connection:
        rows = await connection.execute(select(closing_days).order_by(closing_days.c.day))
        return [(row.agency_id, row.day) for row in rows]


def _in_working_days(world: World, number: int) -> date:
    return add_working_days(local_day(world.container.clock.now()), number)


async def test_a_clerk_says_that_there_is_no_room_and_later_that_there_is(
    working: World, sign_in: SignIn
) -> None:
    browser, until = await sign_in(cast.CLARA), _in_working_days(working, 10)
    page = await browser.see(PAGE)
    assert "Jobcenter Paderborn" in page

    full = await browser.send(page.form("/capacity"), room="full", full__until=until)

    assert "Das ist notiert." in full
    assert await _house(working, cast.RECEIVER) == ("full", until, False)
    assert await _house(working, cast.OTHER_AGENCY) == ("available", None, False)
    await browser.send(full.form("/capacity"), room="available")
    assert await _house(working, cast.RECEIVER) == ("available", None, False)


@pytest.mark.parametrize("typed", ["2020-01-01", "9999-12-31", "31.12.2027", "morgen"])
async def test_a_day_that_cannot_be_meant_is_refused_and_kept(
    working: World, sign_in: SignIn, typed: str
) -> None:
    browser = await sign_in(cast.CLARA)
    page = await browser.see(PAGE)

    refused = await browser.send(page.form("/capacity"), room="full", full__until=typed)

    assert refused.status == 422
    assert "Bitte geben Sie einen Tag an, der noch kommt." in refused
    assert refused.form("/capacity").value("full-until") == typed
    assert await _house(working, cast.RECEIVER) == ("available", None, False)


async def test_a_closure_is_entered_day_by_day_and_a_day_taken_out_again(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.SABINE)
    first, last = _in_working_days(working, 5), _in_working_days(working, 7)
    page = await browser.see(PAGE)

    entered = await browser.send(page.form("/closing-days"), first=first, last=last)

    assert "3 Schließtage sind eingetragen." in entered
    assert await _closed(working) == [
        (cast.RECEIVER, _in_working_days(working, number)) for number in (5, 6, 7)
    ]
    await browser.send(entered.form("/closing-days"), first=first)
    assert len(await _closed(working)) == 3
    await browser.send(entered.form("/remove"))
    assert [day for _, day in await _closed(working)] == [_in_working_days(working, 6), last]


async def test_a_closure_that_cannot_be_meant_is_refused(working: World, sign_in: SignIn) -> None:
    browser, today = await sign_in(cast.SABINE), local_day(working.container.clock.now())
    form = (await browser.see(PAGE)).form("/closing-days")
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    for first, last, sentence in (
        ("", "", "Bitte geben Sie einen Tag an, der noch kommt."),
        (today - timedelta(days=1), today, "Bitte geben Sie einen Tag an, der noch kommt."),
        (today + timedelta(days=9), today, "der nicht vor dem ersten liegt."),
        (today, today + timedelta(days=120), "höchstens drei Monate"),
        (saturday, saturday + timedelta(days=1), "An diesen Tagen wird ohnehin nicht gearbeitet."),
    ):
        refused = await browser.send(form, first=first, last=last)
        assert refused.status == 422
        assert sentence in refused
    assert await _closed(working) == []


async def test_deadlines_agreed_from_then_on_leave_closing_days_out(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.SABINE)
    form = (await browser.see(PAGE)).form("/closing-days")
    first, last = _in_working_days(working, 1), _in_working_days(working, 4)
    await browser.send(form, first=first, last=last)

    await working.refer(await working.open_case())

    due = f"{_in_working_days(working, 9).day}.{_in_working_days(working, 9).month}."
    assert due in (await (await sign_in(cast.ANNA)).see("/my-day"))


async def test_a_supervisor_agrees_to_mail_and_changes_their_mind(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.SABINE)
    page = await browser.see(PAGE)

    agreed = await browser.send(page.form("/mail"), told="yes")

    assert "Vereinbart" in agreed
    assert await _house(working, cast.RECEIVER) == ("available", None, True)
    await browser.send(agreed.form("/mail"), told=[])
    assert await _house(working, cast.RECEIVER) == ("available", None, False)


async def test_a_clerk_neither_closes_the_house_nor_agrees_to_mail(
    working: World, sign_in: SignIn
) -> None:
    supervisor = await (await sign_in(cast.SABINE)).see(PAGE)
    browser = await sign_in(cast.CLARA)
    page = await browser.see(PAGE)
    assert not page.offers("/closing-days")
    assert not page.offers("/mail")

    for action in ("/closing-days", "/mail"):
        form = supervisor.form(action)
        form.fields = [*page.form("/capacity").fields, ("first", str(_in_working_days(working, 3)))]
        assert (await browser.send(form)).status == 403
    assert await _closed(working) == []


@pytest.mark.parametrize("person", [cast.KATJA])
async def test_who_works_for_no_house_has_no_such_page(sign_in: SignIn, person: Principal) -> None:
    assert (await (await sign_in(person)).see(PAGE)).status == 404


async def test_an_office_has_closing_days_and_nothing_to_say_about_room(sign_in: SignIn) -> None:
    page = await (await sign_in(cast.STEFAN)).see(PAGE)
    assert page.offers("/closing-days")
