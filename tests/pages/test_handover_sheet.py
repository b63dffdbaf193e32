"""The handover sheet: on paper, what an agency may see that does not work with Nahtlos."""

from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from tests import cast
from tests.pages.browsing import Browser
from tests.pages.conftest import SignIn
from tests.world import World, pathway
from workflows.domain.personal_data import PersonalData
from workflows.domain.principal import Principal

NOTE = "Bitte #let x = 1 im Erdgeschoss; *Aufzug* fehlt. الطابق"


async def _sheet(browser: Browser, referral_id: UUID) -> PdfReader:
    answer = await browser.fetch(f"/referrals/{referral_id}/handover-sheet.pdf")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert "no-store" in answer.headers["cache-control"]
    return PdfReader(BytesIO(answer.content))


def _text(sheet: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in sheet.pages).split())


async def test_it_says_who_asks_what_until_when_and_how_to_answer(
    working: World, sign_in: SignIn
) -> None:
    referral_id = await working.refer(
        await working.open_case(), "school", "silent-agency", note=NOTE
    )
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/referrals/{referral_id}")
    assert page.links["Übergabebogen zum Drucken oder Faxen (PDF)"]

    text = _text(await _sheet(browser, referral_id))

    for words in (
        *("Übergabe: Station school", "KIM-Büro A, Anna Albers", "Schulamt Paderborn"),
        *("Mariam Haddad, geboren am 4.5.1990", "Bitte antworten Sie bis", "§ 69 SGB X"),
        *("Wir sind nicht zuständig. Zuständig ist", "05251 000-0"),
    ):
        assert words in text


async def test_what_people_typed_is_printed_as_they_typed_it(
    working: World, sign_in: SignIn
) -> None:
    referral_id = await working.refer(
        await working.open_case(family_name="O#text(red)[x]"), "school", "silent-agency", note=NOTE
    )
    text = _text(await _sheet(await sign_in(cast.ANNA), referral_id))
    assert "Bitte #let x = 1 im Erdgeschoss; *Aufzug* fehlt." in text
    assert "O#text(red)[x]" in text


async def test_it_holds_the_fields_of_the_step_and_no_others(
    working: World, sign_in: SignIn
) -> None:
    steps = [
        step.model_copy(update={"fields": (PersonalData.LANGUAGES,)})
        for step in pathway("discreet").steps
    ]
    await working.publish(pathway("discreet").model_copy(update={"steps": tuple(steps)}))
    case_id = await working.open_case(pathway_key="discreet")
    referral_id = await working.refer(case_id, "school", "silent-agency")
    sheet = await _sheet(await sign_in(cast.ANNA), referral_id)
    text = _text(sheet) + str(sheet.metadata)
    assert "Mariam" not in text
    assert "1990" not in text


async def test_a_screen_reader_can_read_it(working: World, sign_in: SignIn) -> None:
    referral_id = await working.refer(await working.open_case(), "school", "silent-agency")
    sheet = await _sheet(await sign_in(cast.ANNA), referral_id)
    catalogue = sheet.root_object
    assert "/StructTreeRoot" in catalogue
    assert str(catalogue["/Lang"]) == "de"
    assert sheet.metadata
    assert sheet.metadata.title == "Übergabe: Station school"


@pytest.mark.parametrize("person", [cast.CLARA, cast.BEN, cast.DIETER, cast.KATJA])
async def test_only_the_sender_prints_it(
    working: World, sign_in: SignIn, person: Principal
) -> None:
    referral_id = await working.refer(await working.open_case())
    browser = await sign_in(person)
    answer = await browser.fetch(f"/referrals/{referral_id}/handover-sheet.pdf")
    assert answer.status_code == 404
