"""The pages of the versions: compared in words, and paths moved one by one or together."""

from uuid import UUID

from tests import cast
from tests.pages.browsing import Page
from tests.pages.conftest import SignIn
from tests.pages.test_query_counts import queries
from tests.versions.newer import newer
from tests.versions.rows import path_of
from tests.world import World, pathway
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal

MOVE = "/pathways/benefit-change/move"


async def _page_of_move(working: World, case_id: UUID) -> str:
    return f"/cases/{case_id}/paths/{(await path_of(working, case_id)).path_id}/move"


async def test_versions_are_compared_in_words(working: World, sign_in: SignIn) -> None:
    await working.publish(newer(without="school"))
    katja = await sign_in(cast.KATJA)

    page = await katja.see("/pathways/benefit-change")

    said = page.part("Was Fassung 2 gegenüber Fassung 1 ändert")
    assert "Frist für die Antwort: 2 Arbeitstage statt 5 Arbeitstage" in said
    assert "Auch mitzubringen: „Meldebescheinigung“" in said
    assert "Krankenkasse wählen neu Neue Station. Rechtsbereich: Krankenversicherung." in said
    assert "Station school fällt weg Die Station fällt weg." in said
    english = await (await sign_in(cast.KATJA, "en")).see("/pathways/benefit-change")
    assert "Time for the answer: 2 working days instead of 5 working days" in english


async def test_any_two_versions_can_be_compared(working: World, sign_in: SignIn) -> None:
    await working.publish(newer(), newer(3, without="school"))
    katja = await sign_in(cast.KATJA)
    page = await katja.see("/pathways/benefit-change")
    assert "Was Fassung 3 gegenüber Fassung 2 ändert" in page
    assert "Frist für die Antwort" not in page.part("Was Fassung 3")
    page = await katja.see("/pathways/benefit-change?from=1&to=3")
    assert "Frist für die Antwort" in page.part("Was Fassung 3 gegenüber Fassung 1 ändert")
    for odd in ("from=3&to=1", "from=1&to=4", "from=2&to=2"):
        assert (await katja.see(f"/pathways/benefit-change?{odd}")).status == 404


async def test_a_pathway_with_one_version_has_nothing_to_compare(sign_in: SignIn) -> None:
    katja = await sign_in(cast.KATJA)
    page = await katja.see("/pathways/benefit-change")
    assert "Fassung 1" in page
    assert "gegenüber" not in page
    assert (await katja.see("/pathways/nowhere")).status == 404
    assert (await katja.see("/pathways/%00")).status in {404, 422}


async def test_the_list_tells_supervisors_what_runs_on_earlier_versions(
    working: World, sign_in: SignIn
) -> None:
    await working.open_case()
    await working.open_case()
    await working.publish(newer(), pathway("moving"))
    stefan, katja = await sign_in(cast.STEFAN), await sign_in(cast.KATJA)
    assert "2 Wege Ihres Büros laufen auf früheren Fassungen" in await stefan.see("/pathways")
    for page in (await katja.see("/pathways"), await katja.see("/pathways/benefit-change")):
        assert "Ihres Büros" not in page
        assert "Haddad" not in page.text
        assert MOVE not in page.links.values()


async def test_a_path_is_moved_from_its_case(working: World, sign_in: SignIn) -> None:
    case_id = await working.open_case()
    await working.refer(case_id)
    anna = await sign_in(cast.ANNA)
    assert "ist veröffentlicht" not in await anna.see(f"/cases/{case_id}")
    await working.publish(newer())
    case = await anna.see(f"/cases/{case_id}")
    assert "Dieser Weg läuft auf Fassung 1. Fassung 2 ist veröffentlicht." in case

    page = await anna.see(case.links["Ansehen, was die neue Fassung ändern würde"])
    assert "Krankenkasse wählen Die Station ist neu auf diesem Weg." in page
    assert "Station school Sie beginnt: nach Neue Station job-centre statt sofort" in page
    assert "Sie ist nicht mehr fällig und wartet wieder." in page
    assert "So bleiben, wie sie begonnen haben: Neue Station job-centre" in page
    assert "Frist für die Antwort" not in page

    moved = await anna.send(page.form("/move"))
    assert "Der Weg läuft auf Fassung 2." in moved
    assert "ist veröffentlicht" not in moved
    assert "Krankenkasse wählen" in moved
    assert "Station job-centre" in moved


async def test_a_path_of_mixed_versions_is_drawn(working: World, sign_in: SignIn) -> None:
    """The residence began after the job centre, which now comes after it, and before it came."""
    case_id = await working.open_case()
    anna = await sign_in(cast.ANNA)
    form = (await anna.see(f"/cases/{case_id}")).form("/job-centre/waive")
    await anna.send(form, **_reason(form.action))
    await working.refer(case_id, "residence", "other-agency")
    definition = newer().model_dump(mode="json")
    job_centre, residence, insurance, school = definition["steps"]
    residence["after"], insurance["after"] = [], ["residence"]
    job_centre["after"], school["after"] = ["insurance"], []
    await working.publish(Pathway.model_validate(definition))

    page = await anna.see(await _page_of_move(working, case_id))
    moved = await anna.send(page.form("/move"))

    assert "Der Weg läuft auf Fassung 2." in moved
    assert "Zeichnung des Wegs" in moved.html


async def test_a_second_click_moves_nothing_twice(working: World, sign_in: SignIn) -> None:
    case_id = await working.open_case()
    await working.publish(newer())
    anna = await sign_in(cast.ANNA)
    page = await anna.see(await _page_of_move(working, case_id))
    await anna.send(page.form("/move"))
    again = await anna.send(page.form("/move"))
    assert "Der Weg läuft auf Fassung 2." in again
    late = await anna.send(page.form("/move"), idempotency_key="another")
    assert late.status == 409
    assert "Der Weg läuft schon auf dieser Fassung" in late


async def test_what_is_under_way_and_no_longer_there_stands_against_it(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    await working.refer(case_id, "school", "silent-agency")
    await working.publish(newer(without="school"))
    anna = await sign_in(cast.ANNA)
    page = await anna.see(await _page_of_move(working, case_id))
    assert "Station school: Eine Station ist unterwegs" in page
    assert not page.offers("/move")


async def test_a_damaged_form_moves_nothing(working: World, sign_in: SignIn) -> None:
    case_id = await working.open_case()
    await working.publish(newer())
    anna = await sign_in(cast.ANNA)
    form = (await anna.see(await _page_of_move(working, case_id))).form("/move")
    for odd in ("", "x", "999999999", "0", "-1", "7"):
        refused = await anna.send(form, version=odd, idempotency_key=f"key-{odd}-")
        assert refused.status in {409, 422}
    assert (await path_of(working, case_id)).version == 1


async def test_many_are_moved_together_and_each_says_what_came_of_it(
    working: World, sign_in: SignIn
) -> None:
    easy = [await working.open_case(family_name=name) for name in ("Aziz", "Berisha", "Cem")]
    hard = await working.open_case(family_name="Demir")
    await working.refer(hard, "school", "silent-agency")
    await working.publish(newer(without="school"))
    stefan = await sign_in(cast.STEFAN)
    page = await stefan.see(MOVE)
    assert page.part("Wege auf früheren Fassungen").count("Fassung 1") == 4
    assert "Mariam Demir kann jetzt nicht umgestellt werden" in page
    ids = [str((await path_of(working, case)).path_id) for case in (*easy[:2], hard)]

    moved = await stefan.send(page.form(MOVE), path=ids, do="ticked")

    assert "2 Wege sind umgestellt. 1 Weg ist nicht umgestellt" in moved
    results = moved.part("Was daraus wurde")
    assert "Mariam Aziz umgestellt" in results
    assert "Mariam Demir Eine Station ist unterwegs" in results
    assert [(await path_of(working, case)).version for case in (*easy, hard)] == [2, 2, 1, 1]
    again = await stefan.send(page.form(MOVE), path=ids, do="ticked")
    assert again.part("Was daraus wurde").count("schon vorher umgestellt") == 2

    assert "hier gezeigten" in moved
    everything = await stefan.send(moved.form(MOVE), do="all")
    assert "1 Weg ist umgestellt." in everything
    assert [(await path_of(working, case)).version for case in (*easy, hard)] == [2, 2, 2, 1]


async def test_without_a_tick_nothing_is_moved(working: World, sign_in: SignIn) -> None:
    case_id = await working.open_case()
    await working.publish(newer())
    stefan = await sign_in(cast.STEFAN)
    form = (await stefan.see(MOVE)).form(MOVE)
    for odd in ([], ["x"], ["", "%00"]):
        page = await stefan.send(form, path=odd, do="ticked")
        assert page.status == 422
        assert "Bitte kreuzen Sie die Wege an" in page
    assert (await path_of(working, case_id)).version == 1


async def test_paths_of_other_offices_are_neither_seen_nor_moved(
    working: World, sign_in: SignIn
) -> None:
    foreign = await working.open_case(cast.BEN, family_name="Fremd")
    await working.open_case()
    await working.publish(newer())
    stefan = await sign_in(cast.STEFAN)
    page = await stefan.see(MOVE)
    assert "Fremd" not in page.text
    path_id = str((await path_of(working, foreign)).path_id)
    moved = await stefan.send(page.form(MOVE), path=[path_id], do="ticked")
    assert "0 Wege sind umgestellt." in moved
    assert (await path_of(working, foreign)).version == 1
    assert (await stefan.see(await _page_of_move(working, foreign))).status == 404


async def test_only_supervisors_of_offices_have_the_page(working: World, sign_in: SignIn) -> None:
    await working.open_case()
    await working.publish(newer())
    people: tuple[Principal, ...] = (cast.ANNA, cast.KATJA, cast.CLARA, cast.SABINE, cast.OLGA)
    for person in people:
        assert (await (await sign_in(person)).see(MOVE)).status == 403


async def test_paths_without_anything_left_to_do_are_not_listed(
    working: World, sign_in: SignIn
) -> None:
    case_id = await working.open_case()
    anna = await sign_in(cast.ANNA)
    for step in ("job-centre", "school", "residence"):
        case = await anna.see(f"/cases/{case_id}", until=f"{step}")
        form = case.form(f"/{step}/waive")
        await anna.send(form, **_reason(form.action))
    await working.publish(newer())
    page = await (await sign_in(cast.STEFAN)).see(MOVE)
    assert "Alle laufenden Wege Ihres Büros sind auf der neuesten Fassung." in page


def _reason(action: str) -> dict[str, str]:
    _cases, _case, _paths, path_id, step, _waive = action.strip("/").split("/")
    return {f"waive-{path_id}-{step}-reason": "no-longer-needed"}


async def test_the_page_costs_the_same_with_one_path_and_with_many(
    working: World, sign_in: SignIn
) -> None:
    await working.open_case()
    await working.publish(newer(5))
    stefan = await sign_in(cast.STEFAN)
    before = await queries(stefan, MOVE)
    for _ in range(5):
        await working.open_case()
    await working.publish(newer(6))
    assert await queries(stefan, MOVE) == before
    page: Page = await stefan.see(MOVE)
    assert page.part("Wege auf früheren Fassungen").count("Fassung") >= 6
