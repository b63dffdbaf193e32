"""The coordination rehearses a version before anybody runs on it; nobody is written to."""

import re
from dataclasses import replace

from sqlalchemy import func, select

from service.notifications.tables import notifications
from service.pathways.repository import versions_of
from tests import cast
from tests.pages.browsing import Page
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


EDIT = "/pathways/benefit-change/edit"
AREA = "legal_area: basic-income"


async def typed(sign_in: SignIn, before: str, after: str) -> Page:
    """Let Katja change the text in the editor and rehearse it."""
    katja = await sign_in(cast.KATJA)
    page = await katja.see(EDIT)
    form = page.form(EDIT)
    text = form.value("text")
    assert text
    assert before in text
    return await katja.send(replace(form, action=REHEARSAL), text=text.replace(before, after, 1))


async def test_a_text_is_rehearsed_before_it_is_published(working: World, sign_in: SignIn) -> None:
    page = await typed(sign_in, AREA, f"{AREA}\n    terms:\n      respond: 1 working day")
    assert "Probelauf eines Textes, der nicht veröffentlicht ist" in page
    assert "Mit Fassung 1" in page
    assert "Antwort der Stelle 1 Arbeitstag" in page.part("Fristen, die verpasst würden")
    async with working.container.database.transaction() as connection:
        published = await versions_of(connection, cast.KATJA, "benefit-change")
    assert [one.pathway.version for one in published] == [1]


async def test_a_text_with_faults_is_not_rehearsed(sign_in: SignIn) -> None:
    page = await typed(sign_in, AREA, f"{AREA}\n    terms:\n      respond: some day")
    assert page.status == 422
    assert "Nur ein Text ohne Fehler kann durchgespielt werden." in page


async def test_a_new_pathway_is_rehearsed_under_a_key_that_is_free(sign_in: SignIn) -> None:
    katja = await sign_in(cast.KATJA)
    form = replace((await katja.see("/pathways/new")).form("/pathways/new"))
    rehearsal = replace(form, action="/pathways/new/rehearsal")
    page = await katja.send(rehearsal)
    assert page.status == 200
    assert "Mit Fassung" not in page
    text = form.value("text")
    assert text
    taken = re.sub(r"^key: \S+", "key: benefit-change", text, count=1, flags=re.MULTILINE)
    assert (await katja.send(rehearsal, text=taken)).status == 422


async def test_nobody_else_rehearses_a_text(sign_in: SignIn) -> None:
    form = (await (await sign_in(cast.KATJA)).see(EDIT)).form(EDIT)
    text = form.value("text")
    for person in (cast.ANNA, cast.STEFAN, cast.CLARA, cast.DIETER):
        browser = await sign_in(person)
        own = (await browser.see("/my-day")).forms[0]
        page = await browser.send(replace(own, action=REHEARSAL), text=text)
        assert page.status == 403
