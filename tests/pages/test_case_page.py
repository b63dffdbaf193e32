"""The page of a case: where everyone stands, and what comes next."""

import re
from datetime import date, timedelta

from service.cases.opening import open_case
from service.cases.schemas import NewCase, NewMember, NewPath
from tests import cast
from tests.pages.browsing import Page
from tests.pages.conftest import ShiftedClock, SignIn
from tests.world import PADERBORN, World, pathway
from workflows.domain.actions import Action
from workflows.domain.principal import Principal
from workflows.domain.working_days import add_working_days, local_day, working_days_between


async def test_the_next_deadline_stands_in_one_sentence(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case}")
    assert "Sie sind am Zug: Station job-centre." in page
    assert "Anfragen: Station job-centre" in page.links
    supervisor = await (await sign_in(cast.STEFAN)).see(f"/cases/{case}")
    assert "Am Zug ist Anna Albers: Station job-centre." in supervisor


async def test_the_path_is_drawn_with_whose_turn_it_is(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    await working.refer(case)
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{case}")
    assert "nl-station--referred" in page.html
    assert "nl-station--waiting" in page.html
    assert "Am Zug: Jobcenter Paderborn" in page
    assert "Verantwortlich bleibt: KIM-Büro A" in page
    assert "Am Zug: Sie" in page


async def test_the_drawing_is_one_picture_whose_name_says_what_there_is_to_see(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    await working.refer(case)
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{case}")
    assert page.html.count('role="img"') == page.html.count("<svg") == 1
    assert (
        'aria-label="Zeichnung des Wegs Rechtskreiswechsel: 0 von 3 Stationen sind erledigt. '
        "Station job-centre. Am Zug: Jobcenter Paderborn. Station school. Am Zug: Sie. "
        'Die Liste darunter sagt dasselbe."'
    ) in page.html
    assert "nl-halt--referred" in page.html
    assert "nl-halt--due" in page.html
    assert "nl-halt--waiting" in page.html
    assert "All paths" not in await (await sign_in(cast.ANNA, "en")).see(f"/cases/{case}")


async def test_the_paths_of_a_household_are_drawn_side_by_side(
    working: World, sign_in: SignIn
) -> None:
    member = NewMember(given_name="Mariam", family_name="Haddad", birth_date=date(1990, 5, 4))
    new = NewCase(
        municipality=PADERBORN,
        household=(member,),
        paths=(NewPath(pathway="benefit-change", member=0), NewPath(pathway="benefit-change")),
    )
    case = await open_case(working.container, cast.ANNA, new, "two paths")
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{case}")
    glance = page.part("Alle Wege auf einen Blick")
    assert "Rechtskreiswechsel · Mariam Haddad" in glance
    assert "Rechtskreiswechsel · ganzer Haushalt" in glance
    assert page.html.count("<svg") == 2


async def test_an_agency_not_on_board_is_to_be_called(working: World, sign_in: SignIn) -> None:
    await working.publish(pathway("urgent", respond="PT4H"))
    case = await working.open_case(pathway_key="urgent")
    referral = await working.refer(case, "school", "silent-agency")
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{case}")
    assert "Bitte rufen Sie an: Schulamt Paderborn. Station school." in page
    assert page.links["Anrufen"] == f"/referrals/{referral}"


async def test_a_gap_breaks_the_line_and_says_how_long_it_is(
    working: World, sign_in: SignIn, clock: ShiftedClock
) -> None:
    case = await working.open_case()
    await working.refer(case)
    due = add_working_days(local_day(clock.now()), 5)
    clock.ahead = timedelta(weeks=4)
    late = working_days_between(due, local_day(clock.now()))
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{case}")
    assert "nl-station--gap" in page.html
    assert page.html.count("nl-map__broken") == 2
    assert f"Am Zug: Jobcenter Paderborn. Lücke: {late} Arbeitstage." in page.html
    assert f"angefragt, wartet seit {late + 5} Arbeitstagen" in _drawn(page)


async def test_a_step_is_left_out_with_a_reason(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case}")
    form = page.form("/job-centre/waive")
    path = form.action.rsplit("/", 3)[1]
    wrong = await browser.send(form, **{f"waive-{path}-job-centre-note": "Arbeitet schon."})
    assert wrong.status == 422
    assert "Bitte wählen Sie einen Grund, damit die andere Seite weiß" in wrong
    form = wrong.form("/job-centre/waive")
    assert form.value(f"waive-{path}-job-centre-note") == "Arbeitet schon."
    done = await browser.send(form, **{f"waive-{path}-job-centre-reason": "no-longer-needed"})
    assert "Die Station ist weggelassen. Was danach kommt, kann beginnen." in done
    assert "nl-station--waived" in done.html
    await browser.see(f"/cases/{case}", until="Anfragen: Station residence")


async def test_a_case_with_agencies_at_work_cannot_be_closed(
    working: World, sign_in: SignIn
) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case}")
    referral = await working.refer(case)
    assert "Es arbeiten noch Stellen daran." in await browser.see(f"/cases/{case}")
    wrong = await browser.send(
        page.form("/close"), close__outcome="moved-away", close__note="Nach Köln."
    )
    assert wrong.status == 409
    assert "Es wird noch daran gearbeitet" in wrong
    assert wrong.form("/close").value("close-note") == "Nach Köln."
    await working.act(referral, Action.CANCEL, cast.ANNA)
    await browser.see(f"/cases/{case}", until="Anfragen: Station job-centre")
    done = await browser.send(wrong.form("/close"))
    assert "Der Fall ist geschlossen." in done
    assert not done.offers("/close")


async def test_the_supervisor_gives_the_case_to_a_colleague(
    working: World, sign_in: SignIn, carla: Principal
) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.STEFAN)
    page = await browser.see(f"/cases/{case}")
    assert "Bitte wählen Sie eine Kollegin" in await browser.send(page.form("/assign"))
    done = await browser.send(page.form("/assign"), **{"assign-case_manager": carla.user_id})
    assert "Der Fall ist umverteilt." in done
    assert "Case Management: Carla Cordes" in done
    assert "Mariam Haddad" in (await (await sign_in(carla)).see("/my-day")).part("Sie sind am Zug")


async def test_only_the_supervisor_reassigns(
    working: World, sign_in: SignIn, carla: Principal
) -> None:
    case = await working.open_case()
    page = await (await sign_in(cast.ANNA)).see(f"/cases/{case}")
    assert not page.offers("/assign")
    browser = await sign_in(cast.ANNA)
    form = page.form("/close")
    form.action = f"/cases/{case}/assign"
    token = (await browser.see(f"/cases/{case}")).form("/close").value("csrf_token")
    refused = await browser.send(
        form, csrf_token=token, **{"assign-case_manager": str(carla.user_id)}
    )
    assert refused.status == 403


async def test_reloading_a_refused_act_leads_back(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    referral = await working.refer(case)
    browser = await sign_in(cast.ANNA)
    assert (await browser.see(f"/cases/{case}/close")).path == f"/cases/{case}"
    assert (await browser.see(f"/referrals/{referral}/record")).path == f"/referrals/{referral}"


async def test_a_closed_case_is_opened_again_from_its_page(working: World, sign_in: SignIn) -> None:
    case = await working.open_case()
    browser = await sign_in(cast.ANNA)
    page = await browser.see(f"/cases/{case}")
    closed = await browser.send(page.form("/close"), close__outcome="moved-away")
    assert "Der Fall ist geschlossen." in closed
    assert not closed.offers("/close")

    opened = await browser.send(closed.form("/reopen"), reopen__note="Aus Köln zurück.")

    assert "Der Fall ist wieder offen." in opened
    assert opened.offers("/close")
    assert "Sie sind am Zug: Station job-centre." in opened


def _drawn(page: Page) -> str:
    """Return the words in the drawing, as they follow each other."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)", page.html))
