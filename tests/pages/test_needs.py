"""What the family needs is ticked, without JavaScript, and paths are proposed for it."""

import pytest
from sqlalchemy import func, select

from service.cases.tables import cases
from service.pathways.files import read_pathways, shipped_files
from tests import cast
from tests.pages.browsing import Browser, Page, PageForm
from tests.pages.conftest import SignIn
from tests.world import World

FATHER = {
    "member-0-given_name": "Mehrdad",
    "member-0-family_name": "Karimi",
    "member-0-birth_date": "1984-03-17",
    "member-0-language": "fa",
}
CHILD = {
    "member-1-given_name": "Arash",
    "member-1-birth_date": "2015-06-23",
    "member-1-role": "child",
}
NEEDS = {"need-all": "flat", "need-0": "work", "need-1": "school"}
TO_PROPOSE, TO_OPEN = {"do": "propose"}, {"do": "open"}
LOOK_FIRST = "Bitte sehen Sie die vorgeschlagenen Wege an und legen Sie dann den Fall an."


@pytest.fixture
async def anna(working: World, sign_in: SignIn) -> Browser:
    """Anna, where every shipped pathway is published."""
    shipped = read_pathways(shipped_files())
    await working.publish(*(one for one in shipped if one.key != "benefit-change"))
    return await sign_in(cast.ANNA)


async def _for_two(anna: Browser) -> PageForm:
    page = await anna.see("/cases/new")
    return _form(await anna.send(_form(page), do="member", **FATHER))


def _form(page: Page) -> PageForm:
    return page.form("/cases/new")


def _sent(form: PageForm, field: str) -> list[str]:
    return [value for name, value in form.fields if name == field]


async def _count(world: World) -> int:
    async with world.container.database.transaction() as connection:
        return await connection.scalar(select(func.count()).select_from(cases)) or 0


async def test_ticked_needs_are_answered_by_paths_with_their_first_steps(anna: Browser) -> None:
    page = await anna.send(await _for_two(anna), **TO_PROPOSE, **CHILD, **NEEDS)
    assert page.status == 200
    assert "3 Wege werden vorgeschlagen" in page
    assert "Wohnung · ganzer Haushalt" in page
    assert "Arbeit mit Duldung · Mehrdad" in page
    assert "Schule · Arash" in page
    assert "Es beginnt mit: Auskunft der Ausländerbehörde, ob gearbeitet werden darf" in page
    assert "mitzubringen: Duldung" in page
    form = _form(page)
    assert _sent(form, "proposed[]") == ["housing:all", "work-with-toleration:0", "school-entry:1"]
    assert _sent(form, "path-housing") == ["all"]
    done = await anna.send(form, **TO_OPEN)
    assert "Der Fall ist angelegt." in done
    assert "Arbeit mit Duldung · Mehrdad Karimi" in done


async def test_nothing_typed_is_lost_on_the_way(anna: Browser) -> None:
    form = await _for_two(anna)
    for act in (TO_PROPOSE, {"do": "consent"}, {"do": "member"}, TO_PROPOSE):
        form = _form(await anna.send(form, **act, **CHILD, **NEEDS))
        for name, value in {**FATHER, **CHILD, **NEEDS}.items():
            assert _sent(form, name) == [value], (act, name)


async def test_what_was_unticked_stays_so_and_a_new_need_adds_its_path(anna: Browser) -> None:
    page = await anna.send(await _for_two(anna), **TO_PROPOSE, **CHILD, **NEEDS)
    more = {"need-0": ["work", "german"]}
    form = _form(await anna.send(_form(page), **TO_PROPOSE, **more, **{"path-housing": []}))
    assert _sent(form, "path-housing") == []
    assert _sent(form, "path-integration-course") == ["0"]
    assert "housing:all" in _sent(form, "proposed[]")


async def test_the_path_of_a_need_that_is_gone_is_no_longer_chosen(anna: Browser) -> None:
    page = await anna.send(await _for_two(anna), **TO_PROPOSE, **CHILD, **NEEDS)
    form = _form(await anna.send(_form(page), **TO_PROPOSE, **{"need-all": []}))
    assert _sent(form, "path-housing") == []
    assert _sent(form, "proposed[]") == ["work-with-toleration:0", "school-entry:1"]


async def test_paths_that_nobody_looked_at_are_shown_before_the_case_opens(
    anna: Browser, working: World
) -> None:
    page = await anna.send(await _for_two(anna), **TO_OPEN, **CHILD, **NEEDS)
    assert page.status == 422
    assert LOOK_FIRST in page
    assert _sent(_form(page), "path-school-entry") == ["1"]
    assert await _count(working) == 0
    done = await anna.send(_form(page), **TO_OPEN)
    assert "Der Fall ist angelegt." in done
    assert await _count(working) == 1


async def test_a_need_can_be_ticked_only_for_who_can_have_it(anna: Browser) -> None:
    page = await anna.send(await _for_two(anna), do="consent", **CHILD)
    father, child = (page.html.split(f'name="need-{index}"') for index in (0, 1))
    assert any('value="work"' in one for one in father)
    assert not any('value="school"' in one for one in father[1:-1])
    assert any('value="school"' in one for one in child)
    wrong = await anna.send(_form(page), **TO_PROPOSE, **{"need-0": ["school", "work"]})
    assert wrong.status == 422
    assert "Person 1: Zum Geburtsdatum passt nicht: Schule." in wrong
    assert _sent(_form(wrong), "need-0") == ["work", "school"]
    assert _sent(_form(wrong), "proposed[]") == ["work-with-toleration:0"]


async def test_a_need_of_somebody_who_is_not_entered_is_no_path(anna: Browser) -> None:
    page = await anna.send(await _for_two(anna), **TO_PROPOSE, **{"need-1": "school"})
    assert page.status == 422
    assert "Bitte tragen Sie diese Person zuerst ein." in page
    assert _sent(_form(page), "need-1") == ["school"]
    assert _sent(_form(page), "proposed[]") == []


@pytest.mark.parametrize("born", ["9999-12-31", "0001-01-01", "2015-13-45", "gestern"])
async def test_odd_birth_dates_do_no_harm(anna: Browser, born: str) -> None:
    typed = CHILD | {"member-1-birth_date": born, "need-1": "psychological-support"}
    page = await anna.send(await _for_two(anna), **TO_PROPOSE, **typed)
    assert page.status == 200
    assert _form(page).value("member-1-birth_date") == born
    assert (await anna.send(_form(page), **TO_OPEN)).status == 422


async def test_odd_needs_and_marks_do_no_harm(anna: Browser) -> None:
    odd = {
        "need-0": ["x", "flat", "ن"],
        "need-all": ["work", "\x00"],
        "proposed[]": ["", ":", "a:b:c"],
    }
    page = await anna.send(await _for_two(anna), **TO_PROPOSE, **odd)
    assert page.status == 422
    assert _sent(_form(page), "proposed[]") == []


async def test_who_needs_an_interpreter_is_asked_for_the_language(anna: Browser) -> None:
    typed = {"need-0": "interpreting", "need-all": "livelihood", "member-0-language": ""}
    page = await anna.send(await _for_two(anna), **TO_PROPOSE, **typed)
    assert page.status == 422
    assert "Person 1: Bitte wählen Sie die Sprache, aus der gedolmetscht wird." in page
    page = await anna.send(_form(page), **TO_PROPOSE, **{"member-0-language": "fa"})
    done = await anna.send(_form(page), **TO_OPEN)
    assert "braucht eine Dolmetscherin oder einen Dolmetscher" in done
    [asking] = {url for url in done.links.values() if url.endswith("step=job-centre")}
    sheet = await anna.see(asking)
    assert sheet.form("step=job-centre").value("interpreter") == "fa"


async def test_a_person_who_moves_up_keeps_the_path(anna: Browser) -> None:
    form = _form(await anna.send(await _for_two(anna), do="member"))
    third = {name.replace("-1-", "-2-"): value for name, value in CHILD.items()}
    page = await anna.send(form, **TO_PROPOSE, **third, **{"need-2": "school"})
    done = await anna.send(_form(page), **TO_OPEN)
    assert "Schule · Arash Karimi" in done


async def test_more_paths_than_a_case_begins_with_are_refused(anna: Browser) -> None:
    form = await _for_two(anna)
    for _ in range(10):
        form = _form(await anna.send(form, do="member"))
    people = {f"member-{index}-given_name": f"P{index}" for index in range(1, 12)}
    people |= {f"member-{index}-birth_date": "1990-01-01" for index in range(1, 12)}
    needs = {f"need-{index}": ["work", "psychological-support"] for index in range(12)}
    page = await anna.send(form, **TO_PROPOSE, **people, **needs)
    assert "24 Wege werden vorgeschlagen" in page
    wrong = await anna.send(_form(page), **TO_OPEN)
    assert wrong.status == 422
    assert "Bitte beginnen Sie mit höchstens 20 Wegen" in wrong


async def test_it_is_all_there_in_english(anna: Browser, sign_in: SignIn) -> None:  # noqa: ARG001
    browser = await sign_in(cast.ANNA, "en")
    page = await browser.send(await _for_two(browser), **TO_PROPOSE, **CHILD, **NEEDS)
    assert "3 paths are proposed" in page
    assert "A flat · whole household" in page
    assert "Need: School" in page
    assert "The whole household" in page
