"""Father M.'s family: needs are ticked, five paths proposed, and one page shows them all."""

import re

from playwright.async_api import expect

from tests.flows.conftest import Arrive
from tests.flows.family_case import tell_what_the_family_needs

PATHS = [
    "Wohnung · ganzer Haushalt",
    "Arbeit mit Duldung · Mehrdad",
    "Schule · Arash",
    "Kita · Parisa",
    "Psychosoziale Hilfe · Shirin",
]


async def test_five_needs_become_five_paths_on_one_page(arrive: Arrive) -> None:
    anna = await arrive("anna")
    await tell_what_the_family_needs(anna)

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
