"""Stalled: what is stuck, in whose hands, since when."""

from datetime import timedelta

from tests import cast
from tests.pages.conftest import ShiftedClock, SignIn
from tests.world import World
from workflows.domain.principal import Principal

LATER = timedelta(days=14)


async def test_it_is_grouped_by_whose_clock_runs(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    await working.refer(await working.open_case())
    clock.ahead = LATER
    page = await (await sign_in(cast.STEFAN)).see("/stalled")
    job_centre, office = page.part("Jobcenter Paderborn"), page.part("Ihr Haus")
    assert "Mariam Haddad: Station job-centre" in job_centre
    assert "liegt hier seit" in job_centre
    assert "überfällig" in job_centre
    assert "Mariam Haddad: Station school" in office
    assert "noch nicht angefragt" in office


async def test_what_is_due_later_is_not_stalled(working: World, sign_in: SignIn) -> None:
    await working.open_case()
    page = await (await sign_in(cast.STEFAN)).see("/stalled")
    assert "Hier stockt nichts." in page


async def test_the_address_can_name_one_party(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    await working.refer(await working.open_case())
    clock.ahead = LATER
    page = await (await sign_in(cast.STEFAN)).see("/stalled?agency=receiver")
    assert "Station job-centre" in page
    assert "Station school" not in page


async def test_nudging_from_the_board(working: World, sign_in: SignIn, clock: ShiftedClock) -> None:
    await working.refer(await working.open_case())
    clock.ahead = LATER
    browser = await sign_in(cast.STEFAN)
    done = await browser.send((await browser.see("/stalled")).form("/nudge"))
    assert done.path == "/stalled"
    assert "Nachgefasst. Jobcenter Paderborn bekommt jetzt eine E-Mail. Am Zug: Jobcenter" in done


async def test_acts_on_the_board_keep_its_filter(
    working: World, sign_in: SignIn, clock: ShiftedClock, carla: Principal
) -> None:
    await working.refer(await working.open_case())
    clock.ahead = LATER
    browser = await sign_in(cast.STEFAN)
    chosen = "/stalled?agency=receiver"
    nudged = await browser.send((await browser.see(chosen)).form("/nudge"))
    assert nudged.path == chosen
    form = nudged.form("/assign")
    assert (await browser.send(form, **{"assign-case_manager": carla.user_id})).path == chosen


async def test_a_party_with_nothing_left_leads_back_to_all(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    await working.open_case()
    clock.ahead = LATER
    page = await (await sign_in(cast.STEFAN)).see("/stalled?agency=receiver")
    assert "Hier stockt nichts." in page
    assert page.links["Alle"] == "/stalled"


async def test_reassigning_from_the_board(
    working: World, sign_in: SignIn, clock: ShiftedClock, carla: Principal
) -> None:
    await working.open_case()
    clock.ahead = LATER
    browser = await sign_in(cast.STEFAN)
    page = await browser.see("/stalled")
    done = await browser.send(page.form("/assign"), **{"assign-case_manager": carla.user_id})
    assert done.path == "/stalled"
    assert "Der Fall ist umverteilt." in done
    assert "Carla Cordes" in done


async def test_the_agency_sees_its_own_clock_and_assigns(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    await working.refer(await working.open_case())
    clock.ahead = LATER
    browser = await sign_in(cast.SABINE)
    page = await browser.see("/stalled")
    assert "Station job-centre: Mariam Haddad" in page.part("Bei Ihrer Stelle")
    done = await browser.send(page.form("/assign"), assign__assignee=cast.KARIM.user_id)
    assert "bei Karim Krüger" in done


async def test_an_agency_not_on_board_is_called(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    await working.refer(await working.open_case(), "school", "silent-agency")
    clock.ahead = LATER
    page = await (await sign_in(cast.STEFAN)).see("/stalled?agency=silent-agency")
    assert "Nicht angeschlossen: Telefon 05251 000-0." in page
    assert not page.offers("/nudge")
