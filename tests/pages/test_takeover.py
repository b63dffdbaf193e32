"""Taking over cases from a list: check, decide, watch, read what was left out."""

from typing import Any

import pytest
from sqlalchemy import delete

from service.accounts.tables import sessions
from service.takeover.carrying_on import take_over_some
from service.takeover.sheets.limits import MOST_BYTES
from tests import cast
from tests.pages.browsing import Browser, Page
from tests.pages.conftest import SignIn
from tests.takeover.lists import GOOD, workbook
from tests.world import World
from workflows.domain.principal import Principal

SECOND = GOOD | {"Aktenzeichen": "A-2"}
FAULTY = GOOD | {"Aktenzeichen": "A-3", "Stelle": "Jobzenter <b>"}

NOT_FOR_THEM = (cast.CLARA, cast.SABINE, cast.DIETER, cast.KATJA, cast.OLGA)


async def upload(browser: Browser, *rows: dict[str, Any], content: bytes | None = None) -> Page:
    """Choose a file with these rows and send it."""
    file = workbook(rows) if content is None else content
    return await browser.upload((await browser.see("/takeover")).form("/takeover"), file=file)


async def work_off(working: World) -> None:
    """Do what the worker does beside its workflows."""
    while await take_over_some(working.container):
        pass


async def test_a_list_is_checked_decided_on_and_taken_over(working: World, sign_in: SignIn) -> None:
    browser = await sign_in(cast.STEFAN)

    checked = await upload(browser, GOOD, SECOND, FAULTY)
    assert "Geprüfte Liste" in checked
    assert "2 Fälle übernehmen" in checked
    assert "1 Zeile bleibt draußen" in checked
    assert "4 Stelle Es gibt keine Stelle „Jobzenter <b>“." in checked
    assert "Keine Fälle" not in await browser.see("/cases")

    running = await browser.send(checked.form("/start"))
    assert "0 von 2 Fällen sind da" in running
    assert "0 von 2 Fällen" in await browser.see(running.links["Sehen, wie weit es jetzt ist"])

    await work_off(working)
    done = await browser.see(running.path)
    assert "2 Fälle wurden übernommen." in done
    assert "hx-trigger" not in done.html
    assert (await browser.see(done.links["Zu den Fällen"])).text.count("Haddad") == 2


async def test_a_second_start_and_a_second_upload_change_nothing(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.STEFAN)
    checked = await upload(browser, GOOD)
    await browser.send(checked.form("/start"))
    again = await browser.send(checked.form("/start"))
    assert "Fällen sind da" in again
    await work_off(working)

    second = await upload(browser, GOOD, SECOND)

    assert "1 Fall übernehmen" in second
    assert "Schon da, bleiben wie sie sind 1 Zeile" in second
    assert "In dieser Liste ist nichts zu übernehmen." in await upload(browser, GOOD)


async def test_a_case_manager_takes_over_their_own(working: World, sign_in: SignIn) -> None:
    browser = await sign_in(cast.ANNA)
    checked = await upload(browser, GOOD | {"Case Management": None})
    await browser.send(checked.form("/start"))
    await work_off(working)

    case = (await browser.see("/cases")).links["Mariam Haddad"]
    assert (await browser.see(case)).text.count("Anna Albers") > 1


@pytest.mark.parametrize("language", ["de", "en"])
async def test_a_file_that_cannot_be_read_is_told_at_its_field(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
    language: str,
) -> None:
    browser = await sign_in(cast.STEFAN, language)

    refused = await upload(browser, content=b"%PDF-1.7")

    assert refused.status == 422
    words = {"de": "Das ist eine PDF-Datei", "en": "This is a PDF file"}
    assert refused.text.count(words[language]) == 2
    assert 'aria-invalid="true"' in refused.html
    assert (await upload(browser, content=b"")).status == 422


async def test_a_file_of_50_mb_is_told_in_a_sentence(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    browser = await sign_in(cast.STEFAN)

    for size in (MOST_BYTES + 200_000, 50_000_000):
        refused = await upload(browser, content=b"x" * size)
        assert refused.status == 413
        assert "Eine Liste darf höchstens 10 MB haben." in refused


async def test_nobody_else_has_a_large_file_for_us(working: World, sign_in: SignIn) -> None:
    browser = await sign_in(cast.STEFAN)
    form = (await browser.see("/takeover")).form("/takeover")
    async with working.container.database.transaction() as connection:
        await connection.execute(delete(sessions))

    assert (await browser.upload(form, file=b"x" * 2_000_000)).status == 413


async def test_other_pages_take_no_files(working: World, sign_in: SignIn) -> None:  # noqa: ARG001
    browser = await sign_in(cast.STEFAN)
    form = (await browser.see("/my-day")).form("/sign-out")

    assert (await browser.upload(form, file=b"x")).status == 422


async def test_a_file_from_elsewhere_is_refused(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    browser = await sign_in(cast.STEFAN)
    form = (await browser.see("/takeover")).form("/takeover")
    form.fields = [("csrf_token", "another")]

    assert (await browser.upload(form, file=workbook([GOOD]))).status == 403


async def test_the_report_and_the_template_are_files(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    browser = await sign_in(cast.STEFAN)
    checked = await upload(browser, GOOD, FAULTY)

    report = await browser.fetch(checked.links["Diesen Bericht herunterladen (CSV)"])
    assert report.headers["content-disposition"].startswith("attachment")
    assert "3;Stelle;Es gibt keine Stelle" in report.text
    template = await browser.fetch("/takeover/template.xlsx")
    assert template.content.startswith(b"PK")


async def test_the_progress_says_when_to_load_the_page_again(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.STEFAN)
    checked = await upload(browser, GOOD)
    running = await browser.send(checked.form("/start"))

    waiting = await browser.fetch(f"{running.path}/progress")
    await work_off(working)
    done = await browser.fetch(f"{running.path}/progress")

    assert "hx-refresh" not in waiting.headers
    assert "0 von 1 Fällen sind da" in waiting.text
    assert done.headers["hx-refresh"] == "true"


async def test_people_of_other_offices_find_nothing(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    stefan, ben = await sign_in(cast.STEFAN), await sign_in(cast.BEN)
    checked = await upload(stefan, GOOD, FAULTY)

    assert "Liste vom" in await stefan.see("/takeover")
    assert "Liste vom" not in await ben.see("/takeover")
    for address in ("", "/progress", "/left-out.csv"):
        assert (await ben.fetch(f"{checked.path}{address}")).status_code == 404
    form = (await ben.see("/my-day")).form("/sign-out")
    form.action = f"{checked.path}/start"
    assert (await ben.send(form)).status == 404
    assert "1 Fall übernehmen" in await stefan.see(checked.path)


@pytest.mark.parametrize("person", NOT_FOR_THEM, ids=lambda person: str(person.role))
async def test_only_offices_take_over_cases(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
    person: Principal,
) -> None:
    browser, stefan = await sign_in(person), await sign_in(cast.STEFAN)
    checked = await upload(stefan, GOOD)

    assert (await browser.see("/takeover")).status == 403
    assert (await browser.see("/takeover/template.xlsx")).status == 403
    assert (await browser.see(checked.path)).status == 404
    form = (await browser.see("/my-day")).form("/sign-out")
    form.action = "/takeover"
    assert (await browser.upload(form, file=workbook([GOOD]))).status == 403


async def test_it_stands_in_the_navigation_of_supervisors(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    assert "Übernahme" in (await (await sign_in(cast.STEFAN)).see("/my-day")).links
    for person in (cast.ANNA, cast.SABINE, cast.KATJA):
        assert "Übernahme" not in (await (await sign_in(person)).see("/my-day")).links


async def test_addresses_and_answers_hold_no_names(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    checked = await upload(await sign_in(cast.STEFAN), GOOD)

    assert "Haddad" not in checked.html
    assert "A-1" not in checked.path
