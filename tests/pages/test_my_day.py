"""My day: what needs me now, and whom I wait for."""

from datetime import timedelta

from tests import cast
from tests.pages.conftest import ShiftedClock, SignIn
from tests.world import World
from workflows.domain.actions import Action


async def test_a_case_manager_sees_first_what_is_to_be_asked(
    working: World, sign_in: SignIn
) -> None:
    await working.open_case()
    page = await (await sign_in(cast.ANNA)).see("/my-day")
    mine = page.part("Sie sind am Zug")
    assert "Mariam Haddad: Station job-centre" in mine
    assert "noch 3 Arbeitstage" in mine
    assert "Sortiert nach Frist" in mine
    assert "Sie warten auf niemanden." in page


async def test_what_was_asked_stands_below_with_who_owes_the_answer(
    working: World, sign_in: SignIn
) -> None:
    await working.refer(await working.open_case())
    page = await (await sign_in(cast.ANNA)).see("/my-day")
    assert "job-centre" not in page.part("Sie sind am Zug")
    assert "Jobcenter Paderborn: angefragt" in page.part("Andere sind am Zug")


async def test_what_came_back_is_mine_again(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    await working.act(referral, Action.REJECT, reason="no-capacity")
    page = await (await sign_in(cast.ANNA)).see("/my-day", until="zurück von")
    mine = page.part("Sie sind am Zug")
    assert "zurück von Jobcenter Paderborn: abgelehnt" in mine
    assert "Erneut anfragen" in mine


async def test_what_is_overdue_elsewhere_can_be_followed_up_at_once(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    await working.refer(await working.open_case())
    assert not (await (await sign_in(cast.ANNA)).see("/my-day")).offers("/nudge")
    clock.ahead = timedelta(days=20)
    browser = await sign_in(cast.ANNA)
    done = await browser.send((await browser.see("/my-day")).form("/nudge"))
    assert done.path == "/my-day"
    assert "Nachgefasst." in done


async def test_what_was_taken_back_did_not_come_back(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    await working.act(await working.refer(case), Action.CANCEL, cast.ANNA)
    page = await (await sign_in(cast.ANNA)).see("/my-day", until="Erneut anfragen")
    assert "Jobcenter Paderborn: zurückgenommen" in page.part("Sie sind am Zug")
    assert "zurück von" not in page


async def test_an_agency_not_on_board_is_called_when_its_answer_is_due(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    await working.refer(await working.open_case(), "school", "silent-agency")
    page = await (await sign_in(cast.ANNA)).see("/my-day")
    assert "nicht angeschlossen, Telefon 05251 000-0" in page.part("Andere sind am Zug")
    clock.ahead = timedelta(days=20)
    page = await (await sign_in(cast.ANNA)).see("/my-day")
    assert "Anrufen" in page.part("Sie sind am Zug")
    assert "überfällig" in page.part("Sie sind am Zug")


async def test_a_clerk_sees_her_own_and_what_nobody_has(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    referral = await working.refer(case)
    await working.act(referral, Action.CLAIM, cast.KARIM)
    page = await (await sign_in(cast.CLARA)).see("/my-day")
    assert "Gerade wartet nichts auf Sie." in page
    assert "Am Zug: Karim Krüger" in page.part("Andere sind am Zug")
    page = await (await sign_in(cast.KARIM)).see("/my-day")
    assert "Station job-centre: Mariam Haddad" in page.part("Sie sind am Zug")


async def test_a_supervisor_sees_the_house_and_the_way_to_what_is_stalled(
    working: World, sign_in: SignIn
) -> None:
    await working.open_case()
    page = await (await sign_in(cast.STEFAN)).see("/my-day")
    assert "Anna Albers" in page.part("Ihr Haus ist am Zug")
    assert page.links["Was stockt?"] == "/stalled"


async def test_a_case_in_which_everything_is_done_asks_to_be_closed(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    for _ in range(3):
        page = await browser.see(f"/cases/{case}")
        form = next(form for form in page.forms if form.action.endswith("/waive"))
        name = form.action.rsplit("/", 3)[1:3]
        await browser.send(form, **{f"waive-{name[0]}-{name[1]}-reason": "client-moved"})
    page = await browser.see("/my-day")
    assert "Mariam Haddad" in page.part("Alles erledigt: Fall schließen")


async def test_who_reads_no_cases_is_told_what_would_be_here(
    working: World, sign_in: SignIn
) -> None:
    await working.open_case()
    for person in (cast.KATJA, cast.OLGA):
        page = await (await sign_in(person)).see("/my-day")
        assert page.status == 200
        assert "Haddad" not in page
    assert "Koordination arbeitet mit Zahlen" in await (await sign_in(cast.KATJA)).see("/my-day")
