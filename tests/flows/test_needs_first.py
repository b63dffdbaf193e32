"""Father M.'s family: needs are ticked, five paths proposed, and one page shows them all."""

import re

from playwright.async_api import expect

from tests.flows.conftest import Arrive
from tests.flows.office import CITY
from tests.story.family import HOUSEHOLD

NEEDS = {
    "need-all": "flat",
    "need-0": "work",
    "need-1": "psychological-support",
    "need-2": "school",
    "need-3": "day-care",
}
PATHS = [
    "Wohnung · ganzer Haushalt",
    "Arbeit mit Duldung · Mehrdad",
    "Schule · Arash",
    "Kita · Parisa",
    "Psychosoziale Hilfe · Shirin",
]


async def test_five_needs_become_five_paths_on_one_page(arrive: Arrive) -> None:
    anna = await arrive("anna")
    await anna.visit("/cases/new")
    for _ in HOUSEHOLD[1:]:
        await anna.click("Weitere Person hinzufügen")
    await anna.choose("municipality", CITY)
    for number, (given_name, birth_date, role, language) in enumerate(HOUSEHOLD):
        await anna.fill(f"member-{number}-given_name", given_name)
        await anna.fill(f"member-{number}-family_name", "Moradi")
        await anna.fill(f"member-{number}-birth_date", birth_date)
        await anna.choose(f"member-{number}-role", role)
        await anna.choose(f"member-{number}-language", language)
    for name, need in NEEDS.items():
        await anna.choose(name, need)
    await anna.click("Wege vorschlagen")

    await expect(anna.page.locator("[name='proposed[]']")).to_have_count(len(PATHS))
    for title in PATHS:
        await expect(anna.page.get_by_role("checkbox", name=title, exact=True)).to_be_checked()
    await anna.sees("Es beginnt mit: Kita-Platz über das Jugendamt (Kinder- und Jugendhilfe)")
    await anna.sees("mitzubringen: Geburtsurkunde des Kindes, Nachweis über das Einkommen")
    # Now that the ages are known, nobody is asked for what does not fit.
    await expect(anna.page.locator("[name=need-2][value=work]")).to_have_count(0)

    await anna.click("Fall anlegen")
    await expect(anna.page).to_have_url(re.compile("/cases/[0-9a-f-]{36}$"))
    await anna.sees("Der Fall ist angelegt.")
    headings = anna.page.locator("section.nl-section h2")
    for title in PATHS:
        await expect(headings.filter(has_text=title)).to_have_count(1)
    await expect(anna.page.locator(".nl-maps svg")).to_have_count(len(PATHS))
