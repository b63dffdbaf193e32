"""The office's cases: for finding one in which nothing is due."""

from sqlalchemy import update

from service.cases.tables import cases
from service.database import Database
from tests import cast
from tests.pages.conftest import SignIn
from tests.world import World, pathway
from workflows.domain.principal import Principal


async def test_they_stand_by_family_name_as_din_5007_orders_it(
    working: World, sign_in: SignIn
) -> None:
    for name in ("Zander", "Özdemir", "Oppermann", "Çelik"):
        await working.open_case(family_name=name)
    page = await (await sign_in(cast.ANNA)).see("/cases")
    assert "Sortiert nach Familienname" in page
    order = [page.text.index(name) for name in ("Çelik", "Oppermann", "Özdemir", "Zander")]
    assert order == sorted(order)


async def test_a_case_says_who_has_the_turn_and_until_when(
    working: World, sign_in: SignIn, carla: Principal
) -> None:
    case = await working.open_case()
    page = await (await sign_in(cast.ANNA)).see("/cases")
    assert page.links["Mariam Haddad"] == f"/cases/{case}"
    assert "1 Person · Paderborn · bei Anna Albers Sie sind am Zug bis " in page
    assert "noch 3 Arbeitstage" in page
    for colleague in (carla, cast.STEFAN):
        assert "Am Zug: Anna Albers" in await (await sign_in(colleague)).see("/cases")


async def test_of_several_deadlines_the_nearest_counts(working: World, sign_in: SignIn) -> None:
    await working.publish(pathway("urgent", respond="PT4H"))
    case = await working.open_case(pathway_key="urgent")
    await working.refer(case, "school", "silent-agency")
    page = await (await sign_in(cast.ANNA)).see("/cases")
    assert "Bitte anrufen: Schulamt Paderborn" in page
    assert "Sie sind am Zug" not in page


async def test_closed_cases_come_last_and_can_be_asked_for(
    working: World, owner: Database, sign_in: SignIn
) -> None:
    closed = await working.open_case(family_name="Abel")
    await working.open_case(family_name="Zander")
    async with owner.transaction() as connection:
        await connection.execute(
            update(cases)
            .where(cases.c.id == closed)
            .values(status="closed", closed_at=working.container.clock.now())
        )
    browser = await sign_in(cast.ANNA)
    page = await browser.see("/cases")
    assert page.text.index("Zander") < page.text.index("Abel")
    only_open = await browser.see(page.links["Offene"])
    assert "Zander" in only_open
    assert "Abel" not in only_open
    only_closed = await browser.see(page.links["Geschlossene"])
    assert "Zander" not in only_closed
    assert "geschlossen am" in only_closed


async def test_showing_more_keeps_the_filter(working: World, sign_in: SignIn) -> None:
    for name in ("Abel", "Zander"):
        await working.open_case(family_name=name)
    browser = await sign_in(cast.ANNA)
    first = await browser.see("/cases?status=open&shown=1")
    assert "Zander" not in first
    more = await browser.see(first.links["Weitere anzeigen"])
    assert more.path == "/cases?status=open&shown=2"
    assert "Zander" in more


async def test_an_office_without_cases_is_told_what_would_be_here(
    working: World, sign_in: SignIn
) -> None:
    await working.open_case()
    page = await (await sign_in(cast.BEN)).see("/cases")
    assert "Noch kein Fall." in page
    assert "Haddad" not in page
    assert "Kein Fall ist geschlossen." in await (await sign_in(cast.BEN)).see(
        "/cases?status=closed"
    )
