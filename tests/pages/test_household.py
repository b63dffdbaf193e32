"""The household on the case's page: who is there, who joins, who leaves, who is known elsewhere."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from service.cases.path_starting import start_path
from service.cases.repository import Cases
from service.cases.schemas import StartPathBody
from service.cases.tables import persons
from tests import cast
from tests.pages.browsing import Browser, Page
from tests.pages.conftest import SignIn
from tests.pages.test_query_counts import counted
from tests.world import World
from workflows.domain.principal import Principal
from workflows.domain.reasons import LeavingReason
from workflows.domain.working_days import local_day

HOUSEHOLD = 'id="household"'
"""The section, wherever else the word stands."""

NOUR = {
    "member-0-given_name": "Nour",
    "member-0-birth_date": "2026-01-09",
    "member-0-language": "ar",
}
MARIAM = {
    "member-0-given_name": "MARIÁM",
    "member-0-family_name": "Haddad",
    "member-0-birth_date": "1990-05-04",
    "path-benefit-change": "0",
}


async def _members(world: World, case_id: UUID) -> list[UUID]:
    async with world.container.database.transaction() as connection:
        case = await Cases(connection).find(
            Principal.system(), world.container.clock.now(), case_id
        )
    assert case
    return [member.id for member in case.household]


async def _people(world: World) -> int:
    async with world.container.database.transaction() as connection:
        return await connection.scalar(select(func.count()).select_from(persons)) or 0


async def _joining(browser: Browser, case_id: UUID) -> Page:
    page = await browser.see(f"/cases/{case_id}")
    return await browser.see(page.links["Mitglied aufnehmen"])


async def test_each_member_is_seen_with_age_role_and_how_far_their_paths_have_come(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    await working.add(case_id)
    common = StartPathBody(pathway="benefit-change")
    await start_path(working.container, cast.ANNA, case_id, common, "for all")
    household = (await (await sign_in(cast.ANNA)).see(f"/cases/{case_id}")).part(HOUSEHOLD)
    today = local_day(working.container.clock.now())
    age = today.year - 1990 - ((today.month, today.day) < (5, 4))
    assert f"erwachsen, geboren am 4.5.1990 ({age} Jahre)" in household
    assert "Kind, geboren am 9.1.2026" in household
    assert "Rechtskreiswechsel: 0 von 3 Stationen sind erledigt. Am Zug: Sie, bis" in household
    assert "Kein eigener Weg." in household
    for_all = household.split("Für alle zusammen")[1]
    assert "Rechtskreiswechsel: 0 von 3 Stationen sind erledigt." in for_all


async def test_a_member_is_taken_in_and_can_be_chosen_from_then_on(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    browser = await sign_in(cast.ANNA)
    form = (await _joining(browser, case_id)).form("/members/new")
    assert form.value("member-0-family_name") == "Haddad"

    done = await browser.send(form, **NOUR)

    assert done.path == f"/cases/{case_id}"
    assert "Die Person ist in den Haushalt aufgenommen." in done
    household = done.part(HOUSEHOLD)
    assert "Kind, geboren am 9.1.2026" in household
    assert "Anna Albers hat Nour Haddad aufgenommen" in household
    for page in (
        done,
        await browser.see(f"/cases/{case_id}/consents/new"),
        await browser.see(f"/cases/{case_id}/entitlements/new"),
    ):
        assert "Nour Haddad" in page
    started = await browser.send(
        done.form("/start-path"),
        **{"start-path-pathway": "benefit-change", "start-path-member": "1"},
    )
    assert "Rechtskreiswechsel · Nour Haddad" in started
    again = await browser.send(form, **NOUR)
    assert again.path == f"/cases/{case_id}"
    assert await _people(working) == 2


async def test_who_is_born_tomorrow_is_refused_and_nothing_typed_is_lost(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    browser = await sign_in(cast.ANNA)
    tomorrow = local_day(working.container.clock.now()) + timedelta(days=2)
    typed = {**NOUR, "member-0-birth_date": tomorrow.isoformat(), "need-0": ["interpreting"]}
    wrong = await browser.send((await _joining(browser, case_id)).form("/members/new"), **typed)
    assert wrong.status == 422
    assert "Dieser Tag liegt in der Zukunft." in wrong
    form = wrong.form("/members/new")
    assert form.value("member-0-given_name") == "Nour"
    assert form.value("need-0") == "interpreting"
    empty = await browser.send(
        form, **{"member-0-given_name": "", "joined_on": "", "member-0-language": ""}
    )
    assert empty.status == 422
    assert "Bitte geben Sie den Vornamen an." in empty
    assert "Bitte geben Sie einen Tag an, der schon da ist." in empty
    assert "Bitte wählen Sie die Sprache, aus der gedolmetscht wird." in empty
    assert await _people(working) == 1


async def test_before_somebody_leaves_the_page_says_what_ends_and_what_goes_on(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    await working.add(case_id)
    common = StartPathBody(pathway="benefit-change")
    await start_path(working.container, cast.ANNA, case_id, common, "for all")
    await working.note(case_id, "passport")
    [mariam, nour] = await _members(working, case_id)
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case_id}")
    page = await browser.see(page.links["Mariam Haddad verlässt den Haushalt …"])
    assert (
        "Rechtskreiswechsel: Diese Stationen fallen weg: Station job-centre, Station residence, "
        "Station school" in page.part("Was endet")
    )
    assert "Ein Eintrag im Statusverlauf ruht" in page.part("Was endet")
    assert "Rechtskreiswechsel, für den ganzen Haushalt" in page.part("Was weitergeht")

    form = page.form(f"/members/{mariam}/leave")
    wrong = await browser.send(form, left_on="2999-01-01", note="Lebt jetzt in Soest.")
    assert wrong.status == 422
    assert "Bitte wählen Sie einen Grund." in wrong
    form = wrong.form("/leave")
    assert form.value("note") == "Lebt jetzt in Soest."
    late = await browser.send(form, reason="moved-away")
    assert late.status == 422
    assert "Dieser Tag liegt in der Zukunft." in late
    today = local_day(working.container.clock.now()).isoformat()
    done = await browser.send(late.form("/leave"), left_on=today)

    assert "Die Person gehört nicht mehr zum Haushalt." in done
    household = done.part(HOUSEHOLD)
    assert "ist weggezogen" in household.split("Nicht mehr im Haushalt")[1]
    assert "Lebt jetzt in Soest." in household
    assert "Fall in Paderborn Nour Haddad" in done
    assert done.form("/start-path").value("start-path-member") is None
    assert "für den ganzen Haushalt Nour Haddad Weg beginnen" in done
    assert [name for name in done.links if "verlässt" in name] == []
    assert "Nour Haddad" in await browser.see("/cases")
    for where in ("consents", "entitlements"):
        new = await browser.see(f"/cases/{case_id}/{where}/new")
        assert ">Mariam Haddad<" not in new.html
    [entry] = [
        url
        for url in (await browser.see(f"/cases/{case_id}/entitlements")).links.values()
        if "/entitlements/" in url and not url.endswith("/new")
    ]
    assert not (await browser.see(entry)).offers("/let-run-out")
    assert nour in await _members(working, case_id)


async def test_a_request_for_them_alone_is_named_before_anything_is_asked(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    await working.add(case_id)
    await working.refer(case_id)
    [mariam, _] = await _members(working, case_id)
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{case_id}/members/{mariam}/leave")
    assert "Anfragen nur für diese Person: 1. Bitte nehmen Sie sie zurück, oder warten" in page
    assert not page.offers("/leave")


async def test_strangers_find_none_of_these_pages(working: World, sign_in: SignIn) -> None:
    case_id = await working.open_case()
    await working.refer(case_id)
    [mariam] = await _members(working, case_id)
    for person in (cast.BEN, cast.CLARA, cast.KATJA, cast.OLGA):
        browser = await sign_in(person)
        for path in ("new", f"{mariam}/leave"):
            assert (await browser.see(f"/cases/{case_id}/members/{path}")).status == 404
    anna = await sign_in(cast.ANNA)
    assert (await anna.see(f"/cases/{case_id}/members/{case_id}/leave")).status == 404


async def test_who_is_in_another_case_is_shown_once_before_a_case_opens(
    working: World, sign_in: SignIn
) -> None:
    other = await working.open_case()
    browser = await sign_in(cast.ANNA)
    form = (await browser.see("/cases/new")).form("/cases/new")

    asked = await browser.send(form, do="open", **MARIAM)

    assert asked.status == 422
    assert "Schon bekannt" in asked
    assert "MARIÁM Haddad, geboren am 4.5.1990, ist auch hier gemeint" in asked
    assert asked.links["Fall in neuem Fenster öffnen"] == f"/cases/{other}"
    form = asked.form("/cases/new")
    assert form.value("member-0-given_name") == "MARIÁM"
    assert form.value("path-benefit-change") == "0"
    assert await _people(working) == 1
    mark = asked.html.split('name="known" type="checkbox" value="')[1].split('"')[0]
    longer = await browser.send(form, do="member", known=mark)
    done = await browser.send(longer.form("/cases/new"), do="open")
    assert "Der Fall ist angelegt." in done
    again = await browser.send(longer.form("/cases/new"), do="open")
    assert again.path == done.path
    assert await _people(working) == 2


async def test_of_a_case_beyond_reach_only_the_office_is_named(
    working: World, sign_in: SignIn
) -> None:
    mine, theirs = await working.open_case(), await working.open_case(cast.BEN)
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{mine}")
    household = page.part(HOUSEHOLD)
    assert "auch in einem offenen Fall: KIM-Büro B" in household
    assert "Bitte sprechen Sie mit den Kolleginnen und Kollegen dort." in household
    assert str(theirs) not in page.html
    second = await working.open_case()
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{mine}")
    assert page.links["Den anderen Fall von Mariam Haddad öffnen"] == f"/cases/{second}"


async def test_who_is_added_twice_is_shown_to_be_there(working: World, sign_in: SignIn) -> None:
    case_id = await working.open_case()
    await working.add(case_id)
    browser = await sign_in(cast.ANNA)
    asked = await browser.send((await _joining(browser, case_id)).form("/members/new"), **NOUR)
    assert asked.status == 422
    assert "in diesem Haushalt" in asked
    assert await _people(working) == 2


async def test_the_page_costs_the_same_with_many_people_in_many_cases(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    await working.remove(case_id, await working.add(case_id), LeavingReason.DECEASED)
    browser = await sign_in(cast.ANNA)

    async def queries() -> int:
        await browser.see(f"/cases/{case_id}")
        with counted() as statements:
            await browser.see(f"/cases/{case_id}")
        return len(statements)

    before = await queries()
    for name in ("Sami", "Lina", "Omar"):
        await working.add(await working.open_case(), name)
        await working.add(case_id, name)
    assert await queries() == before
