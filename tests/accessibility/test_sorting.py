"""Lists are in the order in which people look names up."""

import random

import pytest
from playwright.async_api import Browser

from service.bootstrap import Container
from service.sorting import sort_key
from tests.accessibility.scene import Scene
from tests.accessibility.visits import visits
from tests.accessibility.walk import Walk
from tests.story.nahtlos import RunningNahtlos

IN_ORDER = [
    ["Aalen", "Ähre", "Ahrens", "Zebra"],
    ["Groß", "Grosse", "Größer"],
    ["Işık", "Izmir", "Jäger"],  # noqa: RUF001
    ["Lukas", "Łukasz", "Lukoil"],
    ["Al Adnan", "al-Aḥmad", "ʿAlī", "Alina"],
    ["Ångström", "Anker", "Øster", "Otter"],
    ["Zoë", "Ґалаґан", "Гончар", "Яременко", "احمد", "محمد"],
]


@pytest.mark.parametrize("names", IN_ORDER, ids=lambda names: str(names[0]))
def test_marks_on_letters_do_not_count_and_scripts_follow_each_other(names: list[str]) -> None:
    mixed = random.Random(7).sample(names, len(names))  # noqa: S311 - no secret
    assert sorted(mixed, key=sort_key) == names


def test_two_ways_to_write_the_same_letters_are_the_same() -> None:
    assert sort_key("\N{ARABIC LETTER KEHEH}") == sort_key("\N{ARABIC LETTER KAF}")
    assert sort_key("Zoe\N{COMBINING DIAERESIS}") == sort_key(
        "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}"
    )
    assert sort_key("O\N{RIGHT SINGLE QUOTATION MARK}Neill") == sort_key("ONeill")


@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_list_of_choices_is_in_that_order(
    demo: RunningNahtlos, parts: Container, scene: Scene, chromium: Browser, language: str
) -> None:
    wanted = {"new case by a supervisor", "consent", "asking again", "inbox of a supervisor"}
    chosen = [visit for visit in visits(scene) if visit.name in wanted]
    seen = set()
    async for page in Walk(chromium, parts, demo.address, language, 1280).through(chosen):
        for select in await page.page.locator("select").all():
            name = await select.get_attribute("name") or ""
            if name.split("-")[-1] in {"role", "form", "member", "benefit"}:
                continue  # those have an order of their own
            options = await select.locator("option:not([value=''])").all_inner_texts()
            # The consent's recipients: first the legal areas, in the order of the pages.
            areas = await select.locator("option[value^='area:']").count()
            assert options[areas:] == sorted(options[areas:], key=sort_key), name
            seen.add(name)
    assert {"case_manager", "member-0-language", "consent-recipient"} <= seen
    assert {"application-office", "assign-assignee"} <= seen
