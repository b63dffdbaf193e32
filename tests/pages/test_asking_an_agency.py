"""Asking an agency: to whom, with what, on which basis."""

from datetime import date

from sqlalchemy import func, select, update

from service.agencies.tables import agencies
from service.database import Database
from service.referrals.tables import referrals
from tests import cast
from tests.pages.browsing import Browser, Page
from tests.pages.conftest import SignIn
from tests.world import World, pathway
from workflows.domain.personal_data import PersonalData


async def _form_page(browser: Browser, case: object, step: str = "job-centre") -> Page:
    page = await browser.see(f"/cases/{case}")
    wanted = [url for url in page.links.values() if url.endswith(f"&step={step}")]
    return await browser.see(wanted[0])


async def test_it_shows_who_fits_what_they_see_and_on_which_basis(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    page = await _form_page(await sign_in(cast.ANNA), case)
    assert "Jobcenter Paderborn" in page
    assert "hat Platz · antwortet innerhalb von 5 Arbeitstagen (vereinbart)" in page
    assert "Mariam Haddad, geboren am 4.5.1990" in page
    assert "Ihre Notiz, wenn Sie eine schreiben" in page
    assert "Die Stelle liest diese Notiz." in page
    assert "§ 69 SGB X" in page
    assert page.form("step=job-centre").value("basis") == "statute:§ 69 SGB X"
    assert page.form("step=job-centre").value("agency") == "receiver"


async def test_sending_says_who_answers_until_when_and_who_is_responsible(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    form = (await _form_page(browser, case)).form("step=job-centre")
    first = await browser.send(form, note="Dolmetscherin nötig.")
    assert first.path == f"/cases/{case}"
    assert "Die Anfrage ist verschickt. Jobcenter Paderborn antwortet bis " in first
    assert "bleiben Sie verantwortlich." in first
    again = await browser.send(form, note="Dolmetscherin nötig.")
    assert "Die Anfrage ist verschickt." in again
    async with working.container.database.transaction() as connection:
        assert await connection.scalar(select(func.count()).select_from(referrals)) == 1


async def test_an_agency_without_room_says_until_when(
    working: World, owner: Database, sign_in: SignIn
) -> None:
    case = await working.open_case()
    async with owner.transaction() as connection:
        await connection.execute(
            update(agencies).where(agencies.c.key == "receiver").values(capacity="full")
        )
    browser = await sign_in(cast.ANNA)
    page = await _form_page(browser, case)
    assert "zurzeit kein Platz" in page
    assert page.form("step=job-centre").value("agency") is None

    warned = await browser.send(page.form("step=job-centre"), agency="receiver", note="Eilt.")
    assert warned.status == 422
    assert "Jobcenter Paderborn hat zurzeit keinen Platz. Die Anfrage trotzdem senden?" in warned
    assert warned.form("step=job-centre").value("note") == "Eilt."

    insisted = await browser.send(warned.form("step=job-centre"), send__anyway="yes")
    assert "Die Anfrage ist verschickt." in insisted


async def test_an_agency_whose_full_time_is_over_has_room(
    working: World, owner: Database, sign_in: SignIn
) -> None:
    case = await working.open_case()
    async with owner.transaction() as connection:
        await connection.execute(
            update(agencies)
            .where(agencies.c.key == "receiver")
            .values(capacity="full", full_until=date(2020, 1, 1))
        )
    page = await _form_page(await sign_in(cast.ANNA), case)
    assert "hat Platz" in page
    assert page.form("step=job-centre").value("agency") == "receiver"


async def test_without_a_statute_a_consent_is_asked_for_first(
    working: World, sign_in: SignIn
) -> None:
    steps = [step.model_copy(update={"statutes": ()}) for step in pathway("by-consent").steps]
    await working.publish(pathway("by-consent").model_copy(update={"steps": tuple(steps)}))
    case = await working.open_case(pathway_key="by-consent")
    browser = await sign_in(cast.ANNA)
    page = await _form_page(browser, case)
    assert "Es fehlt eine Einwilligung" in page
    assert "Bitten Sie um die Einwilligung von: Mariam Haddad." in page
    consent = await browser.see(page.links["Einwilligung eintragen"])
    form = consent.form("step=job-centre")
    assert form.value("consent-recipient") == "area:basic-income"
    assert form.value("consent-purpose") == "Station job-centre"
    back = await browser.send(form)
    assert "Die Einwilligung ist eingetragen." in back
    assert "Einwilligung von Mariam Haddad vom" in back
    done = await browser.send(back.form("step=job-centre"))
    assert "Die Anfrage ist verschickt." in done


async def test_a_consent_that_names_no_note_covers_none(working: World, sign_in: SignIn) -> None:
    fields = (PersonalData.NAME, PersonalData.BIRTH_DATE)
    steps = [
        step.model_copy(update={"statutes": (), "fields": fields})
        for step in pathway("by-consent").steps
    ]
    await working.publish(pathway("by-consent").model_copy(update={"steps": tuple(steps)}))
    case = await working.open_case(pathway_key="by-consent")
    browser = await sign_in(cast.ANNA)
    page = await _form_page(browser, case)
    consent = await browser.see(page.links["Einwilligung eintragen"])
    back = await browser.send(consent.form("step=job-centre"))
    assert "deckt keine Notiz" in back
    refused = await browser.send(back.form("step=job-centre"), note="Dolmetscherin nötig.")
    assert "Bitte lassen Sie die Notiz weg" in refused
    assert refused.form("step=job-centre").value("note") == "Dolmetscherin nötig."
    assert "Die Anfrage ist verschickt." in await browser.send(
        refused.form("step=job-centre"), note=""
    )


async def test_a_consent_for_other_data_is_no_basis(working: World, sign_in: SignIn) -> None:
    steps = [step.model_copy(update={"statutes": ()}) for step in pathway("by-consent").steps]
    await working.publish(pathway("by-consent").model_copy(update={"steps": tuple(steps)}))
    case = await working.open_case(pathway_key="by-consent")
    browser = await sign_in(cast.ANNA)
    page = await _form_page(browser, case)
    consent = await browser.see(page.links["Einwilligung eintragen"])
    back = await browser.send(consent.form("step=job-centre"), **{"consent-fields": ["name"]})
    assert "Es fehlt eine Einwilligung" in back


async def test_an_application_keeps_its_day(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    form = (await _form_page(browser, case)).form("step=job-centre")
    wrong = await browser.send(
        form, **{"application-benefit": "basic-income", "application-office": cast.OTHER_AGENCY}
    )
    assert "Bitte geben Sie an, wann der Antrag gestellt wurde." in wrong
    await browser.send(wrong.form("step=job-centre"), **{"application-filed_at": "2026-03-02"})
    inbox = await (await sign_in(cast.CLARA)).see("/inbox")
    page = await (await sign_in(cast.CLARA)).see(inbox.links["Station job-centre: Mariam Haddad"])
    assert "Grundsicherung (Bürgergeld), gestellt am 2.3.2026 bei Ausländerbehörde" in page


async def test_a_step_whose_turn_it_is_not_cannot_be_asked_for(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    url = next(
        url
        for url in (await browser.see(f"/cases/{case}")).links.values()
        if url.endswith("&step=job-centre")
    )
    page = await browser.see(url.replace("job-centre", "residence"))
    assert "Der Fall zeigt, welche Station jetzt dran ist." in page
    assert not page.offers("step=residence")
    assert (await browser.see(url.replace("job-centre", "nothing"))).status == 404


async def test_for_an_agency_not_on_board_the_confirmation_says_to_call(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    page = await _form_page(browser, case, "school")
    assert "nicht angeschlossen: Sie rufen dort an, 05251 000-0" in page
    done = await browser.send(page.form("step=school"))
    assert "bekommt von uns keine E-Mail: Bitte rufen Sie dort an, spätestens bis" in done
