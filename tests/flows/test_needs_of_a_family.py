"""What a family needs is ticked, and its case begins with the paths that answer it."""

import re

from playwright.async_api import expect

from tests.flows.conftest import Arrive
from tests.flows.office import CITY
from tests.story.family import FAMILY, HOUSEHOLD

NEEDS = (
    ("need-all", "flat"),
    ("need-0", "work"),
    ("need-1", "psychological-support"),
    ("need-1", "interpreting"),
    ("need-2", "school"),
    ("need-3", "day-care"),
)
FATHER, MOTHER, OLDER, YOUNGER = (f"{given_name} {FAMILY}" for given_name, _, _, _ in HOUSEHOLD)
LINES = [
    "Wohnung · ganzer Haushalt",
    f"Arbeit mit Duldung · {FATHER}",
    f"Schule · {OLDER}",
    f"Kita · {YOUNGER}",
    f"Psychosoziale Hilfe · {MOTHER}",
]


async def test_five_needs_of_father_m_s_family_become_five_lines(arrive: Arrive) -> None:
    anna = await arrive("anna")
    await anna.visit("/cases/new")
    for _ in HOUSEHOLD[1:]:
        await anna.click("Weitere Person hinzufügen")
    await anna.choose("municipality", CITY)
    for number, (given_name, birth_date, role, language) in enumerate(HOUSEHOLD):
        await anna.fill(f"member-{number}-given_name", given_name)
        await anna.fill(f"member-{number}-family_name", FAMILY)
        await anna.fill(f"member-{number}-birth_date", birth_date)
        await anna.choose(f"member-{number}-role", role)
        await anna.choose(f"member-{number}-language", language)
    for name, need in NEEDS:
        await anna.choose(name, need)

    await anna.click("Wege vorschlagen")
    await expect(anna.page.locator("#field-paths")).to_be_focused()
    await anna.sees("5 Wege werden vorgeschlagen")
    boxes = anna.page.locator("input[type=hidden][name=proposed] ~ input[type=checkbox]")
    await expect(boxes).to_have_count(len(LINES))
    for box in await boxes.all():
        await expect(box).to_be_checked()
    await anna.sees("Auskunft der Ausländerbehörde, ob gearbeitet werden darf")
    await anna.sees("mitzubringen: Duldung")

    await anna.click("Fall anlegen")
    await expect(anna.page).to_have_url(re.compile("/cases/[0-9a-f-]{36}$"))
    lines = anna.page.locator("section.nl-section", has=anna.page.locator(".nl-stop"))
    await expect(lines.locator("h2")).to_have_text(LINES)
    await expect(anna.page.locator("svg.nl-map")).to_have_count(len(LINES))
    await anna.sees_in("Haushalt", "braucht eine Dolmetscherin oder einen Dolmetscher")
