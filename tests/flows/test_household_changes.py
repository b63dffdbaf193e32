"""A family changes while its case runs: a baby comes, the grown-up son moves out."""

import re

from playwright.async_api import expect

from tests.flows.conftest import Arrive
from tests.flows.office import CITY

FAMILY = (("Saba", "1991-03-02", "adult"), ("Yonas", "2006-08-19", "adult"))


async def test_a_baby_comes_and_a_son_moves_out(arrive: Arrive) -> None:
    anna = await arrive("anna")
    await anna.visit("/cases/new")
    await anna.click("Weitere Person hinzufügen")
    await anna.choose("municipality", CITY)
    for number, (given_name, birth_date, role) in enumerate(FAMILY):
        await anna.fill(f"member-{number}-given_name", given_name)
        await anna.fill(f"member-{number}-family_name", "Gebremedhin")
        await anna.fill(f"member-{number}-birth_date", birth_date)
        await anna.choose(f"member-{number}-role", role)
    await anna.unfold("all-paths")
    await anna.choose("path-arrival", "all")
    await anna.choose("path-benefit-change", "1")
    await anna.click("Fall anlegen")
    await expect(anna.page).to_have_url(re.compile("/cases/[0-9a-f-]{36}$"))
    case = anna.page.url

    await anna.page.get_by_role("link", name="Mitglied aufnehmen").click()
    await anna.fill("member-0-given_name", "Selam")
    await anna.fill("member-0-birth_date", "2026-01-09")
    await anna.click("In den Haushalt aufnehmen")
    await expect(anna.page).to_have_url(case)
    household = anna.page.locator("#household")
    await expect(household).to_contain_text("hat Selam Gebremedhin aufgenommen")

    # The same child once more: it is said before anything is done.
    await anna.page.get_by_role("link", name="Mitglied aufnehmen").click()
    await anna.fill("member-0-given_name", "selam")
    await anna.fill("member-0-birth_date", "2026-01-09")
    await anna.click("In den Haushalt aufnehmen")
    await anna.sees("in diesem Haushalt")
    await anna.visit(f"/cases/{case.rpartition('/')[2]}")

    leaving = anna.page.get_by_role("link", name="Yonas Gebremedhin verlässt den Haushalt")
    await leaving.click()
    await anna.sees("Wechsel vom Sozialamt zum Jobcenter: Diese Stationen fallen weg:")
    await anna.sees("Ankommen, für den ganzen Haushalt")
    await anna.choose("reason", "own-household")
    await anna.click("Aus dem Haushalt nehmen")
    await expect(anna.page).to_have_url(case)
    await expect(household).to_contain_text("hat einen eigenen Haushalt")
    await expect(leaving).to_have_count(0)
    stations = anna.page.locator(".nl-station--waived")
    await expect(stations.first).to_be_visible()
