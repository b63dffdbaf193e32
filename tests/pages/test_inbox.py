"""The inbox: what came in, what is due, and accepting it right there."""

from sqlalchemy import func, select

from service.ledger.tables import events
from tests import cast
from tests.pages.conftest import SignIn
from tests.world import World, pathway
from workflows.domain.actions import Action
from workflows.domain.personal_data import PersonalData


async def test_the_queue_is_sorted_by_deadline_and_says_so(working: World, sign_in: SignIn) -> None:
    await working.publish(pathway("urgent", respond="PT4H"))
    await working.refer(await working.open_case(family_name="Later"))
    await working.refer(await working.open_case(pathway_key="urgent", family_name="Sooner"))
    page = await (await sign_in(cast.CLARA)).see("/inbox")
    assert page.text.index("Mariam Sooner") < page.text.index("Mariam Later")
    assert "Sortiert nach Frist: Was zuerst fällig ist, steht oben." in page


async def test_new_and_taken_requests_are_told_apart_in_words(
    working: World, sign_in: SignIn
) -> None:
    first = await working.refer(await working.open_case())
    await working.refer(await working.open_case())
    await working.act(first, Action.RECEIVE)
    await working.act(first, Action.CLAIM, cast.KARIM)
    page = await (await sign_in(cast.CLARA)).see("/inbox")
    assert "neu noch bei niemandem" in page
    assert "eingegangen bei Karim Krüger" in page


async def test_accepting_from_the_list_says_what_is_next_and_until_when(
    working: World, sign_in: SignIn
) -> None:
    await working.refer(await working.open_case())
    browser = await sign_in(cast.CLARA)
    page = await browser.see("/inbox")
    done = await browser.send(page.form("/accept"))
    assert done.path == "/inbox"
    assert "Angenommen." in done
    assert "Bestätigen Sie die Ankunft, sobald die Familie bei Ihnen war. Frist bis " in done
    assert "noch 10 Arbeitstage" in done
    assert "bleibt verantwortlich: KIM-Büro A" in done


async def test_a_double_click_has_one_effect(working: World, sign_in: SignIn) -> None:
    referral = await working.refer(await working.open_case())
    browser = await sign_in(cast.CLARA)
    form = (await browser.see("/inbox")).form("/accept")
    first, second = await browser.send(form), await browser.send(form)
    assert "Angenommen." in first
    assert "Angenommen." in second
    accepted = select(func.count()).where(
        events.c.referral_id == referral, events.c.action == "accept"
    )
    async with working.container.database.transaction() as connection:
        assert await connection.scalar(accepted) == 1


async def test_the_supervisor_gives_a_request_to_a_colleague(
    working: World, sign_in: SignIn
) -> None:
    await working.refer(await working.open_case())
    browser = await sign_in(cast.SABINE)
    page = await browser.see("/inbox")
    done = await browser.send(page.form("/assign"), assign__assignee=cast.KARIM.user_id)
    assert "Zugewiesen." in done
    assert "bei Karim Krüger" in done
    assert not (await (await sign_in(cast.CLARA)).see("/inbox")).offers("/assign")


async def test_an_empty_inbox_says_what_would_appear(working: World, sign_in: SignIn) -> None:  # noqa: ARG001
    page = await (await sign_in(cast.CLARA)).see("/inbox")
    assert "Der Eingang ist leer." in page
    assert "steht die Anfrage hier mit ihrer Frist" in page


async def test_the_name_is_shown_only_where_the_step_passes_it_on(
    working: World, sign_in: SignIn
) -> None:
    steps = [
        step.model_copy(update={"fields": (PersonalData.BIRTH_DATE,)})
        for step in pathway("nameless").steps
    ]
    await working.publish(pathway("nameless").model_copy(update={"steps": tuple(steps)}))
    referral = await working.refer(await working.open_case(pathway_key="nameless"))
    browser = await sign_in(cast.CLARA)
    for path in ("/inbox", "/my-day", f"/referrals/{referral}"):
        page = await browser.see(path)
        assert "Station job-centre" in page
        assert "Haddad" not in page
