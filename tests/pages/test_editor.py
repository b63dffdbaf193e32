"""The editor: the coordination writes a pathway as text, looks at what it changes, publishes it."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from service.pathways.checking import LARGEST
from service.pathways.files import read_sources, shipped_files
from service.pathways.repository import get, versions_of
from service.pathways.shipping import ship
from service.pathways.version_line import without_version
from tests import cast
from tests.pages.browsing import Browser, Page, PageForm
from tests.pages.conftest import SignIn
from tests.pathways.definitions import GOOD
from tests.versions.newer import newer
from tests.world import World
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal

KEY = "benefit-change"
EDIT = f"/pathways/{KEY}/edit"
CHECK = f"/pathways/{KEY}/check"
NOTE = "Das Schulamt antwortet jetzt später."
BESIDE = "legal_area: schooling"
AFTER = "legal_area: schooling\n    after: [job-centre]"
"""The school comes after the job centre now."""


async def opened(browser: Browser, path: str = EDIT) -> PageForm:
    return (await browser.see(path)).form(path)


def text_of(form: PageForm) -> str:
    text = form.value("text")
    assert text
    return text


async def published(world: World, key: str = KEY) -> list[Pathway]:
    async with world.container.database.transaction() as connection:
        return [one.pathway for one in await versions_of(connection, cast.KATJA, key)]


async def test_the_editor_shows_the_newest_text_and_that_there_is_nothing_to_publish(
    working: World, sign_in: SignIn
) -> None:
    await working.publish(newer())
    page = await (await sign_in(cast.KATJA)).see(EDIT)
    form = page.form(EDIT)
    assert text_of(form).startswith("key: benefit-change\nversion: 2\n")
    assert "Sie wird Fassung 3 dieses Integrationspfads." in page
    assert "Der Text hat keinen Fehler und sagt dasselbe wie Fassung 2." in page
    assert form.buttons == [("do", "check")]
    assert "Krankenkasse wählen · Krankenversicherung · beginnt: nach Neue Station" in page
    assert "Zeichnung des Integrationspfads" in page.html


async def test_a_fault_is_shown_with_its_line_in_the_language_of_the_person(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    broken = text_of(form).replace("legal_area: schooling", "legal_area: fishing")
    number = broken.split("\n").index("    legal_area: fishing") + 1
    page = await katja.send(form, text=broken, do="check")
    assert page.status == 200
    assert "Der Text hat 1 Fehler." in page
    said = page.part("Fehler")
    assert f"Zeile {number}, Spalte 5 steps > school > legal_area" in said
    assert "keine Stelle hat den Rechtsbereich „fishing“" in said
    assert "legal_area: fishing" in said.split("Bekannt sind")[-1]
    assert page.form(EDIT).value("text") == broken
    assert page.form(EDIT).buttons == [("do", "check")]
    assert 'aria-invalid="true"' in page.html
    assert f'data-line="{number}" data-column="5"' in page.html
    english = await sign_in(cast.KATJA, "en")
    page = await english.send(await opened(english), text=broken, do="check")
    assert "no agency has the legal area 'fishing'" in page


async def test_the_difference_the_drawing_and_what_runs_are_shown_before_publishing(
    working: World, sign_in: SignIn
) -> None:
    await working.open_case()
    await working.open_case(cast.BEN)
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    page = await katja.send(form, text=text_of(form).replace(BESIDE, AFTER), do="check")
    changes = page.part("Was der Text gegenüber Fassung 1 ändert")
    assert "Station school Sie beginnt: nach Station job-centre statt sofort" in changes
    assert "2 laufende Wege bleiben auf ihrer Fassung." in changes
    assert page.links["zu den Fassungen dieses Integrationspfads"] == f"/pathways/{KEY}"
    assert page.form(EDIT).buttons == [("do", "check"), ("over", "1"), ("do", "rehearse")]
    assert "Haddad" not in page.text


async def test_a_version_is_published_with_a_note_and_new_paths_begin_on_it(
    working: World, sign_in: SignIn
) -> None:
    running = await working.open_case()
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    commented = f"# Stand: November\n{text_of(form).replace(BESIDE, AFTER)}"
    page = await katja.send(form, text=commented.replace("\n", "\r\n"), note=NOTE, over="1")

    assert page.path == f"/pathways/{KEY}"
    assert "Fassung 2 ist veröffentlicht. Neue Wege beginnen auf ihr." in page
    assert f"von Katja König : {NOTE}" in page.part("Fassungen").replace("König:", "König :")
    assert "Fassung 1" in page.part("Fassungen")
    assert [one.version for one in await published(working)] == [2, 1]
    again = await opened(katja)
    assert text_of(again) == commented.replace("version: 1", "version: 2")
    anna = await sign_in(cast.ANNA)
    assert "Fassung 2 ist veröffentlicht." in await anna.see(f"/cases/{running}")
    begun = await working.open_case()
    assert "ist veröffentlicht" not in await anna.see(f"/cases/{begun}")


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("  ", "Bitte schreiben Sie, warum es eine neue Fassung gibt."),
        ("x" * 501, "Die Notiz ist zu lang; 500 Zeichen passen hinein."),
    ],
)
async def test_without_a_note_that_fits_nothing_is_published(
    working: World, sign_in: SignIn, note: str, sentence: str
) -> None:
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    text = text_of(form).replace(BESIDE, AFTER)
    page = await katja.send(form, text=text, note=note, over="1")
    assert page.status == 422
    assert sentence in page
    assert page.form(EDIT).value("text") == text
    assert len(await published(working)) == 1


async def test_a_text_with_faults_is_not_published_whatever_button_is_sent(
    working: World, sign_in: SignIn
) -> None:
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    page = await katja.send(form, text="key: other\n", note=NOTE, over="1")
    assert page.status == 422
    assert "Es wurde nichts veröffentlicht" in page
    assert "der Schlüssel eines Integrationspfads bleibt aber" in page
    assert page.form(EDIT).value("note") == NOTE
    assert len(await published(working)) == 1


async def test_a_double_click_publishes_once(working: World, sign_in: SignIn) -> None:
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    text = text_of(form).replace(BESIDE, AFTER)
    pages = await asyncio.gather(
        *(katja.send(form, text=text, note=NOTE, over="1") for _ in range(4))
    )
    assert all("Fassung 2 ist veröffentlicht." in page for page in pages)
    other_window = await opened(katja)
    page = await katja.send(other_window, text=text, note=NOTE, over="1")
    assert "Fassung 2 ist veröffentlicht." in page
    assert [one.version for one in await published(working)] == [2, 1]


async def test_what_says_the_same_is_not_published(working: World, sign_in: SignIn) -> None:
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    page = await katja.send(form, text=f"# mehr\n{text_of(form)}", note=NOTE, over="1")
    assert page.status == 409
    assert "Der Text sagt dasselbe wie die neueste Fassung." in page
    assert len(await published(working)) == 1


async def test_of_two_coordinators_the_second_sees_what_the_first_published_and_decides(
    working: World, sign_in: SignIn
) -> None:
    katja = await sign_in(cast.KATJA)
    first, second = await opened(katja), await opened(katja)
    text = text_of(first)
    await katja.send(first, text=text.replace(BESIDE, AFTER), note=NOTE, over="1")
    mine = text.replace("de: Rechtskreiswechsel", "de: Wechsel")

    page = await katja.send(second, text=mine, note="Ein besserer Name.", over="1")

    assert page.status == 409
    assert "Inzwischen wurde Fassung 2 veröffentlicht" in page
    others = page.part("Was andere veröffentlicht haben")
    assert "von Katja König" in others
    assert NOTE in others
    assert "Sie beginnt: nach Station job-centre statt sofort" in others
    changes = page.part("Was der Text gegenüber Fassung 2 ändert")
    assert "„Wechsel“ statt „Rechtskreiswechsel“" in changes
    assert "Sie beginnt: sofort statt nach Station job-centre" in changes
    kept = page.form(EDIT)
    assert kept.value("text") == mine
    assert kept.value("note") == "Ein besserer Name."
    assert kept.buttons == [("do", "check"), ("over", "2"), ("do", "rehearse")]
    assert len(await published(working)) == 2

    checked = await katja.send(kept, do="check")
    assert "Inzwischen wurde Fassung 2 veröffentlicht" in checked
    done = await katja.send(checked.form(EDIT), over="2")
    assert "Fassung 3 ist veröffentlicht." in done
    assert [one.version for one in await published(working)] == [3, 2, 1]


async def test_two_at_the_same_moment_become_one_version_and_one_question(
    working: World, sign_in: SignIn
) -> None:
    katja = await sign_in(cast.KATJA)
    forms = [await opened(katja) for _ in range(2)]
    texts = [text_of(forms[0]).replace("de: Von Asyl", f"de: {word} Asyl") for word in "AB"]
    assert texts[0] != texts[1]
    pages: list[Page] = await asyncio.gather(
        *(
            katja.send(form, text=text, note=NOTE, over="1")
            for form, text in zip(forms, texts, strict=True)
        )
    )
    assert sorted(page.status for page in pages) == [200, 409]
    assert [one.version for one in await published(working)] == [2, 1]


async def test_a_new_pathway_begins_with_a_small_one_and_takes_a_key_that_is_free(
    working: World, sign_in: SignIn
) -> None:
    katja = await sign_in(cast.KATJA)
    page = await katja.see((await katja.see("/pathways")).links["Neuen Integrationspfad schreiben"])
    form = page.form("/pathways/new")
    assert "Der Text hat keinen Fehler." in page
    assert "Im Verzeichnis gibt es keine Stelle für: Integrationsberatung, Integrationskurs" in page
    assert form.buttons == [("do", "check"), ("over", "0"), ("do", "rehearse")]
    for key in (KEY, "new"):
        taken = await katja.send(
            form, text=GOOD.replace("key: small", f"key: {key}"), over="0", note=NOTE
        )
        assert taken.status == 422
        assert f"„{key}“ ist vergeben; wählen Sie einen anderen Schlüssel" in taken
    for _ in range(2):
        done = await katja.send(
            form, text=GOOD.replace("version: 1", "version: 9"), over="0", note=NOTE
        )
        assert done.path == "/pathways/small"
        assert "Fassung 1 ist veröffentlicht." in done
    [small] = await published(working, "small")
    assert small.version == 1
    anna = await sign_in(cast.ANNA)
    assert "Klein" in await anna.see("/cases/new")


async def test_what_is_checked_while_typing_is_a_part_of_the_page(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    katja = await sign_in(cast.KATJA)
    page = await katja.see(EDIT)
    form = page.form(EDIT)
    assert f'hx-post="{CHECK}"' in page.html
    form.action = CHECK
    part = await katja.send(form, text=f"{text_of(form)}\n- x")
    assert "<html" not in part.html
    assert "Der Text hat 1 Fehler." in part
    assert not part.offers("/edit")
    form.action = "/pathways/new/check"
    part = await katja.send(form, text=GOOD)
    assert "Als Fassung 1 veröffentlichen" in part


async def test_only_the_coordination_has_the_editor(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    people: tuple[Principal, ...] = (
        cast.ANNA,
        cast.STEFAN,
        cast.BEN,
        cast.CLARA,
        cast.SABINE,
        cast.DIETER,
        cast.OLGA,
    )
    addresses = (EDIT, "/pathways/new", CHECK, "/pathways/new/check", f"/pathways/{KEY}/proposal")
    for person in people:
        browser = await sign_in(person)
        form = (await browser.see("/my-day")).form("/sign-out")
        for address in addresses:
            form.action = address
            sent = await browser.send(form, text=GOOD, note=NOTE, over="1", based_on="1")
            assert sent.status == 403, (person.role, address)
        for address in addresses[:2]:
            assert (await browser.see(address)).status == 403
        assert EDIT not in (await browser.see(f"/pathways/{KEY}")).links.values()
    katja = await sign_in(cast.KATJA)
    assert EDIT in (await katja.see(f"/pathways/{KEY}")).links.values()
    assert (await katja.see("/pathways/nowhere/edit")).status == 404


async def test_nothing_damaged_is_a_failure(working: World, sign_in: SignIn) -> None:
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    for text in ("", "\x00", "a: &a [*a]", "[" * 5000, "# " + "x" * LARGEST, "\ufeffkey: x"):
        for action in (EDIT, CHECK, "/pathways/new", "/pathways/new/check"):
            form.action = action
            page = await katja.send(form, text=text, note=NOTE, over="1")
            assert page.status in {200, 422}, (text[:10], action)
            assert "Fehler." in page
    form.action = EDIT
    for odd in ("0", "7", "x", "99999999999"):
        page = await katja.send(form, based_on=odd, over=odd, text=GOOD, note=NOTE)
        assert page.status in {404, 409, 422}
    many = "".join(f"wrong-{number}: 1\n" for number in range(300))
    page = await katja.send(form, text=many + GOOD, do="check")
    assert "Der Text hat mehr als 100 Fehler." in page
    assert "ab hier noch 201 Fehler; beheben Sie zuerst die darüber" in page.text.replace(
        "Ab", "ab"
    )
    too_large = await katja.send(form, text="# " + "x" * LARGEST, do="check")
    assert "Der Text ist größer als 200 kB; kürzen Sie ihn" in too_large
    assert len(await published(working)) == 1


async def test_what_was_typed_is_shown_when_the_session_is_over(
    working: World,  # noqa: ARG001
    sign_in: SignIn,
) -> None:
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    await katja.send((await katja.see("/pathways")).form("/sign-out"))
    page = await katja.send(form, text="key: was ich schrieb", note=NOTE, do="check")
    assert page.status == 401
    assert "key: was ich schrieb" in page
    assert NOTE in page
    assert "based_on" not in page


async def test_a_proposal_is_shown_taken_up_or_put_aside(working: World, sign_in: SignIn) -> None:
    [source] = read_sources(file for file in shipped_files() if file.stem == "housing")
    katja = await sign_in(cast.KATJA)
    await _ship(working, source.text, 1)
    edit = "/pathways/housing/edit"
    form = await opened(katja, edit)
    text = text_of(form).replace("de: Wohnung\n", "de: Eine Wohnung\n")
    await katja.send(form, text=text, note=NOTE, over="1")
    await _ship(working, source.text.replace("de: Wohnung\n", "de: Wohnen\n"), 2)

    assert "mit Nahtlos kam ein Vorschlag" in await katja.see("/pathways")
    page = await katja.see("/pathways/housing")
    assert "kam Fassung 2 dieses Integrationspfads" in page.part("Mit Nahtlos kam ein Vorschlag")
    proposed = await katja.see(page.links["Vorschlag ansehen und übernehmen"])
    assert "„Wohnen“ statt „Eine Wohnung“" in proposed
    assert "Vorschlag" not in await (await sign_in(cast.STEFAN)).see("/pathways/housing")
    done = await katja.send(proposed.form(edit), note="Mit der Aktualisierung.", over="2")
    assert "Fassung 3 ist veröffentlicht." in done
    assert "Mit Nahtlos kam ein Vorschlag" not in done

    await _ship(working, source.text.replace("de: Wohnung\n", "de: Wohnraum\n"), 3)
    page = await katja.see("/pathways/housing")
    aside = await katja.send(page.form("/proposal"))
    assert "Der Vorschlag ist zurückgestellt." in aside
    assert "Mit Nahtlos kam ein Vorschlag" not in aside
    assert (await katja.see(f"{edit}?proposal=3")).status == 404


async def _ship(world: World, text: str, version: int) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "housing.yaml"
        file.write_text(without_version(text).numbered(version), encoding="utf-8")
        sources = read_sources([file])
    async with world.container.database.transaction() as connection:
        await ship(connection, Principal.system(), sources, world.container.clock.now())


async def test_a_long_check_keeps_nobody_waiting(working: World, sign_in: SignIn) -> None:
    katja = await sign_in(cast.KATJA)
    form = await opened(katja)
    step = "  - {key: s%d, title: {de: A, en: B}, legal_area: health, statutes: []}\n"
    slow = GOOD + "".join(step % number for number in range(400))
    checking = asyncio.create_task(katja.send(form, text=slow, do="check"))
    waited = []
    while not checking.done():
        begin = time.perf_counter()
        await asyncio.sleep(0.01)
        waited.append(time.perf_counter() - begin)
    assert (await checking).status == 200
    # On a busy machine everything waits; a check in the way would take most of the time at once.
    assert max(waited) < sum(waited) / 2
    async with working.container.database.transaction() as connection:
        assert await get(connection, cast.KATJA, "small") is None
