"""Opening a case: several people without JavaScript, and nothing typed is lost."""

from sqlalchemy import func, select

from service.cases.tables import cases
from tests import cast
from tests.pages.browsing import Page, PageForm
from tests.pages.conftest import SignIn
from tests.world import World
from workflows.domain.principal import Principal

MARIAM = {
    "member-0-given_name": "Mariam",
    "member-0-family_name": "Haddad",
    "member-0-birth_date": "1990-05-04",
    "member-0-language": "ar",
}
SAMI = {
    "member-1-given_name": "Sami",
    "member-1-birth_date": "2015-02-01",
    "member-1-role": "child",
}
TO_OPEN = {"do": "open"}


async def _count(world: World) -> int:
    async with world.container.database.transaction() as connection:
        return await connection.scalar(select(func.count()).select_from(cases)) or 0


def _form(page: Page) -> PageForm:
    return page.form("/cases/new")


async def test_a_household_of_two_with_paths_of_their_own(working: World, sign_in: SignIn) -> None:
    browser = await sign_in(cast.ANNA)
    page = await browser.see("/cases/new")
    longer = await browser.send(_form(page), do="member", **MARIAM)
    form = _form(longer)
    assert form.value("member-0-given_name") == "Mariam"
    assert form.value("member-0-language") == "ar"
    assert form.value("member-1-family_name") == "Haddad"
    assert "für Mariam" in longer
    done = await browser.send(form, **TO_OPEN, **SAMI, **{"path-benefit-change": ["0", "1"]})
    assert "Der Fall ist angelegt." in done
    assert "Rechtskreiswechsel · Mariam Haddad" in done
    assert "Rechtskreiswechsel · Sami Haddad" in done
    assert "Sie sind am Zug: Station job-centre." in done
    assert "Kind, geboren am 1.2.2015" in done
    assert await _count(working) == 1


async def test_what_is_ticked_leads_to_paths_with_their_first_steps(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.ANNA)
    page = await browser.see("/cases/new")
    proposed = await browser.send(
        _form(page), do="propose", **MARIAM, **{"need-all": ["livelihood"]}
    )
    assert "Ein Weg wird vorgeschlagen" in proposed
    assert "Rechtskreiswechsel · ganzer Haushalt" in proposed
    assert "Bedarf: Andere Leistungen nach der Anerkennung" in proposed
    form = _form(proposed)
    assert form.value("path-benefit-change") == "all"
    assert form.value("member-0-given_name") == "Mariam"
    done = await browser.send(form, **TO_OPEN)
    assert "Rechtskreiswechsel · ganzer Haushalt" in done
    assert await _count(working) == 1


async def test_what_was_unticked_stays_so_and_what_is_not_needed_any_more_goes(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.ANNA)
    ticked = {**MARIAM, "need-all": ["livelihood"]}
    proposed = await browser.send(_form(await browser.see("/cases/new")), do="propose", **ticked)
    again = await browser.send(_form(proposed), do="propose", **{"path-benefit-change": []})
    assert _form(again).value("path-benefit-change") is None
    refused = await browser.send(_form(again), **TO_OPEN)
    assert "Bitte kreuzen Sie an, was die Familie braucht" in refused
    changed = await browser.send(_form(proposed), do="propose", **{"need-all": []})
    assert "Noch ist nichts vorgeschlagen." in changed
    assert _form(changed).value("path-benefit-change") is None
    assert await _count(working) == 0


async def test_paths_that_nobody_has_looked_at_are_shown_before_the_case_opens(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.ANNA)
    ticked = {**MARIAM, "need-all": ["livelihood"], "path-benefit-change": "0"}
    shown = await browser.send(_form(await browser.see("/cases/new")), **TO_OPEN, **ticked)
    assert shown.status == 422
    assert "Bitte sehen Sie die vorgeschlagenen Wege an" in shown
    assert await _count(working) == 0
    done = await browser.send(_form(shown), **TO_OPEN)
    assert "Rechtskreiswechsel · ganzer Haushalt" in done
    assert "Rechtskreiswechsel · Mariam Haddad" in done


async def test_each_person_is_asked_for_what_fits_the_age(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    browser = await sign_in(cast.ANNA)
    page = await browser.see("/cases/new")
    assert "Dolmetschen" in page
    longer = await browser.send(_form(page), do="member", **MARIAM, **{"need-0": ["interpreting"]})
    assert _form(longer).value("need-0") == "interpreting"
    lost = await browser.send(_form(longer), do="propose", **{"need-1": ["interpreting"]})
    assert "Bitte tragen Sie diese Person zuerst ein." in lost


async def test_who_needs_an_interpreter_says_from_which_language_and_requests_say_so_then(
    working: World, sign_in: SignIn
) -> None:
    browser = await sign_in(cast.ANNA)
    typed = {**MARIAM, "member-0-language": "", "need-0": ["interpreting"]}
    typed |= {"path-benefit-change": "0"}
    wrong = await browser.send(_form(await browser.see("/cases/new")), **TO_OPEN, **typed)
    assert "Bitte wählen Sie die Sprache, aus der gedolmetscht wird." in wrong
    assert await _count(working) == 0
    done = await browser.send(_form(wrong), **TO_OPEN, **{"member-0-language": "ar"})
    assert "braucht eine Dolmetscherin oder einen Dolmetscher" in done
    asking = await browser.see(next(url for url in done.links.values() if "referrals/new" in url))
    assert (
        asking.form("referrals/new" + asking.path.split("referrals/new")[1]).value("interpreter")
        == "ar"
    )


async def test_what_is_missing_is_said_and_the_rest_stays(working: World, sign_in: SignIn) -> None:
    browser = await sign_in(cast.ANNA)
    page = await browser.see("/cases/new")
    wrong = await browser.send(
        _form(page), **TO_OPEN, **{"member-0-given_name": "Mariam", "member-0-birth_date": "??"}
    )
    assert wrong.status == 422
    assert "Person 1: Bitte geben Sie den Familiennamen an." in wrong
    assert "Person 1: Bitte geben Sie das Geburtsdatum an." in wrong
    assert "Bitte kreuzen Sie an, was die Familie braucht" in wrong
    assert _form(wrong).value("member-0-given_name") == "Mariam"
    assert await _count(working) == 0


async def test_the_same_form_twice_opens_one_case(working: World, sign_in: SignIn) -> None:
    browser = await sign_in(cast.ANNA)
    form = _form(await browser.see("/cases/new"))
    typed = {**TO_OPEN, **MARIAM, "path-benefit-change": "all"}
    first, second = await browser.send(form, **typed), await browser.send(form, **typed)
    assert first.path == second.path
    assert await _count(working) == 1


async def test_the_first_button_opens_the_case_for_the_enter_key(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    page = await (await sign_in(cast.ANNA)).see("/cases/new")
    assert _form(page).buttons[0] == ("do", "open")


async def test_a_consent_comes_along(working: World, sign_in: SignIn) -> None:  # noqa: ARG001
    browser = await sign_in(cast.ANNA)
    page = await browser.see("/cases/new")
    longer = await browser.send(_form(page), do="consent", **MARIAM)
    typed = {**TO_OPEN, "path-benefit-change": "0", "consent-0-purpose": "Schulplatz"}
    wrong = await browser.send(_form(longer), **typed)
    assert "Bitte wählen Sie, an wen die Daten gehen dürfen." in wrong
    assert "Bitte kreuzen Sie an, welche Daten weitergegeben werden dürfen." in wrong
    done = await browser.send(
        _form(wrong),
        **TO_OPEN,
        **{"consent-0-recipient": "area:schooling", "consent-0-fields": ["name", "birth_date"]},
    )
    assert "Mariam Haddad: Schulplatz" in done.part("Einwilligungen")
    assert "alle Stellen für: Schule" in done.part("Einwilligungen")


async def test_a_supervisor_says_who_manages_the_case(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
    carla: Principal,
) -> None:
    browser = await sign_in(cast.STEFAN)
    form = _form(await browser.see("/cases/new"))
    typed = {**TO_OPEN, **MARIAM, "path-benefit-change": "all"}
    wrong = await browser.send(form, **typed)
    assert wrong.status == 422
    assert "Bitte wählen Sie" in wrong
    done = await browser.send(_form(wrong), **TO_OPEN, case_manager=carla.user_id)
    assert "Case Management: Carla Cordes" in done


async def test_who_opens_no_cases_is_refused(working: World, sign_in: SignIn) -> None:  # noqa: ARG001
    for person in (cast.CLARA, cast.SABINE, cast.KATJA, cast.OLGA):
        assert (await (await sign_in(person)).see("/cases/new")).status == 403
