"""The timeline of a case: noted, seen coming, and led on from."""

from datetime import timedelta

from tests import cast
from tests.pages.conftest import SignIn
from tests.world import World, pathway
from workflows.domain.working_days import local_day


def _in_days(world: World, days: int) -> str:
    return (local_day(world.container.clock.now()) + timedelta(days=days)).isoformat()


async def test_a_title_is_noted_and_the_case_says_when_it_runs_out(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case}")
    assert "Was hier steht, läuft nicht unbemerkt aus." in page

    form = (await browser.see(f"/cases/{case}/entitlements/new")).form("/entitlements/new")
    page = await browser.send(
        form,
        kind="residence-title",
        starts_on="2024-02-01",
        printed_until=_in_days(working, 42),
    )

    assert page.path == f"/cases/{case}/entitlements"
    assert "Das ist eingetragen." in page
    assert "Aufenthaltserlaubnis" in page.part("Mariam Haddad")
    assert "seit 1.2.2024" in page
    assert "§ 8 AufenthG" in page
    page = await browser.see(f"/cases/{case}")
    assert "läuft am" in page.part("Statusverlauf")
    assert "Mariam Haddad: Aufenthaltserlaubnis" in (await browser.see("/my-day")).part("Läuft aus")
    supervisor = await sign_in(cast.STEFAN)
    assert "Mariam Haddad" in (await supervisor.see("/stalled")).part("Läuft aus")


async def test_a_certificate_is_said_to_hold_until_the_decision(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    printed = local_day(working.container.clock.now()) - timedelta(days=20)
    entry = await working.note(case, "provisional-residence", printed_until=printed)
    browser = await sign_in(cast.ANNA)

    page = await browser.see(f"/cases/{case}/entitlements/{entry}")

    assert "gilt bis zur Entscheidung" in page
    assert f"auf dem Papier bis {printed.day}.{printed.month}.{printed.year}" in page
    assert "Hier ist nichts zu tun." in page
    assert not page.offers("/let-run-out")
    decided = await browser.send(page.form(str(entry)), effective_until=_in_days(working, 7))
    assert "gilt bis" in decided
    assert "Läuft aus" in await browser.see("/my-day")


async def test_the_path_to_what_follows_is_one_click_away(working: World, sign_in: SignIn) -> None:
    await working.publish(pathway("provisional-residence"))
    case = await working.open_case()
    soon = local_day(working.container.clock.now()) + timedelta(days=30)
    entry = await working.note(case, "residence-title", printed_until=soon)
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case}/entitlements")

    page = await browser.send(page.form(f"{entry}/start-path"))

    assert page.path == f"/cases/{case}"
    assert "Der Weg hat begonnen." in page
    timeline = await browser.see(f"/cases/{case}/entitlements")
    assert "der Weg zum Nächsten ist begonnen" in timeline
    assert not timeline.offers("/start-path")


async def test_nothing_typed_is_lost_and_each_field_says_what_is_wrong(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    form = (await browser.see(f"/cases/{case}/entitlements/new")).form("/entitlements/new")

    page = await browser.send(form, starts_on="2026-02-01", printed_until="2026-01-01", kind="")
    assert page.status == 422
    assert "Bitte wählen Sie, worum es geht." in page
    page = await browser.send(
        form, starts_on="2026-02-01", printed_until="2026-01-01", kind="passport"
    )
    assert page.status == 422
    assert "Nichts kann vor seinem ersten Tag enden." in page
    kept = page.form("/entitlements/new")
    assert kept.value("printed_until") == "2026-01-01"
    assert kept.value("kind") == "passport"


async def test_why_nothing_follows_has_to_be_said(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    soon = local_day(working.container.clock.now()) + timedelta(days=30)
    entry = await working.note(case, "passport", printed_until=soon)
    browser = await sign_in(cast.ANNA)
    form = (await browser.see(f"/cases/{case}/entitlements/{entry}")).form("/let-run-out")

    refused = await browser.send(form)
    assert refused.status == 422
    assert "Bitte wählen Sie einen Grund." in refused
    done = await browser.send(form, reason="client-moved")
    assert "danach muss nichts folgen: " in done
    assert "Läuft aus" not in await browser.see("/my-day")


async def test_another_path_begins_from_the_case(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    form = (await browser.see(f"/cases/{case}")).form("/start-path")

    refused = await browser.send(form)
    assert refused.status == 422
    assert "Bitte wählen Sie einen Weg." in refused
    taken = await browser.send(
        form, **{"start-path-pathway": "benefit-change", "start-path-member": "0"}
    )
    assert taken.status == 409
    assert "Er läuft für dieselbe Person schon." in taken
    fresh = (await browser.see(f"/cases/{case}")).form("/start-path")
    begun = await browser.send(
        fresh, **{"start-path-pathway": "benefit-change", "start-path-member": "all"}
    )
    assert "Der Weg hat begonnen." in begun
