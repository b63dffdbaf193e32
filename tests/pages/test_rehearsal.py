"""The coordination rehearses a version before anybody runs on it; nobody is written to."""

from sqlalchemy import func, select

from service.notifications.tables import notifications
from tests import cast
from tests.pages.conftest import SignIn
from tests.takeover.stories import HAPPY_LIFE, bring, story
from tests.versions.newer import newer
from tests.world import World

REHEARSAL = "/pathways/benefit-change/rehearsal"


async def test_the_newest_version_is_rehearsed_beside_the_one_before_it(
    working: World, sign_in: SignIn
) -> None:
    await working.publish(newer())
    page = await (await sign_in(cast.KATJA)).see(REHEARSAL)
    assert "Probelauf mit Fassung 2" in page
    assert "100 erdachte Haushalte" in page
    late = page.part("Fristen, die verpasst würden")
    assert "Neue Station job-centre" in late
    assert "Antwort der Stelle" in late
    assert "2 Arbeitstage" in late
    assert "Mit Fassung 1" in late
    reminded = page.part("Erinnerungen in einer Woche")
    assert "Grundsicherung für Arbeitsuchende: die Stelle" in reminded


async def test_an_earlier_version_can_be_chosen(working: World, sign_in: SignIn) -> None:
    await working.publish(newer())
    page = await (await sign_in(cast.KATJA)).see(f"{REHEARSAL}?version=1")
    assert "Probelauf mit Fassung 1" in page
    assert "Mit Fassung" not in page


async def test_without_a_finished_path_there_is_nothing_to_rehearse_on(
    working: World, sign_in: SignIn
) -> None:
    await bring(working, story(*HAPPY_LIFE))
    page = await (await sign_in(cast.KATJA)).see(f"{REHEARSAL}?on=finished")
    assert "Noch ist kein Weg dieses Integrationspfads abgeschlossen." in page


async def test_nobody_is_written_to(working: World, sign_in: SignIn) -> None:
    browser = await sign_in(cast.KATJA)
    await browser.see(REHEARSAL)
    async with working.container.database.transaction() as connection:
        assert not await connection.scalar(select(func.count()).select_from(notifications))


async def test_it_is_for_the_coordination_alone(sign_in: SignIn) -> None:
    for person in (cast.ANNA, cast.STEFAN, cast.CLARA, cast.DIETER, cast.OLGA):
        browser = await sign_in(person)
        assert (await browser.see(REHEARSAL)).status == 403
        assert "Probelauf" not in await browser.see("/pathways/benefit-change")


async def test_the_pathways_page_leads_to_it(sign_in: SignIn) -> None:
    page = await (await sign_in(cast.KATJA)).see("/pathways/benefit-change")
    assert page.links["Probelauf starten"] == REHEARSAL


async def test_what_there_is_not_is_not_rehearsed(sign_in: SignIn) -> None:
    browser = await sign_in(cast.KATJA)
    for address in (
        f"{REHEARSAL}?version=2",
        f"{REHEARSAL}?version=0",
        f"{REHEARSAL}?on=nobody",
        "/pathways/nowhere/rehearsal",
    ):
        assert (await browser.see(address)).status in {404, 422}
