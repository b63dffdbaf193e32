"""The coordination writes a new version, mends and publishes it, while a path is under way."""

from uuid import UUID

from playwright.async_api import expect
from sqlalchemy import select

from service.bootstrap import Container
from service.cases.tables import paths, steps
from service.pathways.repository import publish
from tests.flows.conftest import Arrive
from tests.flows.office import TITLE, open_case_on
from workflows.domain.pathway import Texts
from workflows.domain.principal import Principal

NAME = Texts(de="Zweiter Titel", en="Second title")
PATHWAY = TITLE.model_copy(update={"key": "second-title", "title": NAME})
ADDED = """
  - key: advice
    title: {de: Beratung, en: Advice}
    legal_area: integration-advice
    after: [title]
    statutes: []
"""


async def test_a_text_is_broken_mended_and_published_while_a_path_runs(
    arrive: Arrive, parts: Container
) -> None:
    async with parts.database.transaction() as connection:
        await publish(connection, Principal.system(), [PATHWAY], parts.clock.now())
    running = await open_case_on(parts, PATHWAY.key)
    karin = await arrive("karin")
    await karin.visit("/pathways")
    await karin.follows(NAME.de)
    await karin.follows("Neue Fassung schreiben")
    page, text = karin.page, karin.page.locator("#field-text")
    found = page.locator("#found")
    await expect(found).to_contain_text("sagt dasselbe wie Fassung 1")
    written = await text.input_value()
    lines = written.split("\n")

    await text.fill(written.replace("legal_area: residence", "legal_area: resident"))
    await expect(found).to_have_text("Der Text hat 1 Fehler.")
    await expect(text).to_have_attribute("aria-invalid", "true")
    number = lines.index("    legal_area: residence") + 1
    await karin.sees("keine Stelle hat den Rechtsbereich „resident“; meinen Sie „residence“?")
    await page.get_by_role("link", name=f"Zeile {number}, Spalte 5").click()
    await expect(text).to_be_focused()
    chosen = await text.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert chosen == "legal_area: resident"
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Prüfen")).to_be_focused()
    await expect(page.get_by_role("button", name="veröffentlichen")).to_have_count(0)

    await text.fill(written + ADDED)
    await expect(found).to_have_text("Der Text hat keinen Fehler.")
    await expect(text).not_to_have_attribute("aria-invalid", "true")
    await karin.sees_in("Was der Text gegenüber Fassung 1 ändert", "Neue Station.")
    await karin.sees_in("Wie der Weg verläuft", "Beratung · Integrationsberatung")
    await expect(page.locator(".nl-drawn svg .nl-halt")).to_have_count(2)
    await karin.sees_in("Was der Text", "1 laufender Weg bleibt auf seiner Fassung.")

    await karin.fill("note", "Nach dem Titel folgt eine Beratung.")
    await karin.click("Als Fassung 2 veröffentlichen")
    await karin.sees("Fassung 2 ist veröffentlicht.")
    await karin.sees_in("Fassungen", "Nach dem Titel folgt eine Beratung.")

    begun = await open_case_on(parts, PATHWAY.key)
    assert await _steps_of(parts, running) == (1, ["title"])
    assert await _steps_of(parts, begun) == (2, ["title", "advice"])
    anna = await arrive("anna")
    await anna.visit(f"/cases/{running}")
    await anna.sees("Dieser Weg läuft auf Fassung 1. Fassung 2 ist veröffentlicht.")


async def _steps_of(parts: Container, case_id: UUID) -> tuple[int, list[str]]:
    """Return the version that the case's path runs on, and the keys of its steps."""
    async with parts.database.transaction() as connection:
        version = await connection.scalar(select(paths.c.version).where(paths.c.case_id == case_id))
        found = await connection.scalars(
            select(steps.c.key).where(steps.c.case_id == case_id).order_by(steps.c.position)
        )
    return version or 0, list(found)
