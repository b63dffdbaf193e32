"""The way of a request by keyboard alone: no mouse, no script that sets the focus for us."""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect
from sqlalchemy import update

from service.accounts.tables import users
from service.bootstrap import Container
from tests.accessibility.keyboard import Keyboard
from tests.story.nahtlos import RunningNahtlos
from tests.story.person import PASSWORD

STEP = "end-of-asylum-benefits"
PHONE: ViewportSize = {"width": 360, "height": 640}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture
async def page(chromium: Browser, parts: Container) -> AsyncIterator[Page]:
    """A window in which nothing glides: the focus is in sight at once."""
    async with parts.database.transaction() as connection:
        await connection.execute(update(users).values(language="de"))
    context = await chromium.new_context(locale="de-DE", viewport=DESKTOP, reduced_motion="reduce")
    yield await context.new_page()
    await context.close()


async def test_a_request_from_the_case_manager_to_the_clerk_and_back(
    demo: RunningNahtlos, page: Page
) -> None:
    keyboard = Keyboard(page)
    await _sign_in(demo, keyboard, "anna")
    await keyboard.go_to(".nl-nav__link[href='/cases/new']")
    await keyboard.follow()
    await _open_a_case(keyboard, "Tastatur")
    await _ask(keyboard)
    await _ask(keyboard)
    await _sign_out(keyboard)

    await _sign_in(demo, keyboard, "nina")
    await keyboard.go_to(".nl-nav__link[href='/inbox']")
    await keyboard.follow()
    first, second = await _requests_of(page, "Tastatur")
    await keyboard.go_to(f"form[action='{first}/accept'] button")
    await keyboard.follow("Space")
    await expect(page.locator("[role=status]")).to_contain_text("Angenommen.")
    assert await keyboard.is_on("[role=status]"), "the confirmation has no focus"
    await keyboard.go_to(f".nl-card__title a[href='{second}']")
    await keyboard.follow()
    await _reject(keyboard)
    await expect(page.locator("[role=status]")).to_contain_text("Abgelehnt.")
    history = page.locator(".nl-timeline__title")
    await expect(history.first).to_have_text("Abgelehnt: keine freien Plätze")
    assert keyboard.steps > 100


async def test_the_way_back_and_the_small_screen(demo: RunningNahtlos, page: Page) -> None:
    await page.set_viewport_size(PHONE)
    keyboard = Keyboard(page)
    await _sign_in(demo, keyboard, "eva")
    await keyboard.go_to(".nl-nav__link[href='/stalled']")
    await keyboard.follow()
    await keyboard.go_to(".nl-fold summary")
    await keyboard.press("Enter")
    await keyboard.go_to(".nl-fold select")
    await keyboard.press("ArrowDown")
    await keyboard.go_to(".nl-fold button")
    for selector in (".nl-fold select", ".nl-fold summary", "[aria-current=page]", ".nl-skip"):
        await keyboard.go_to(selector, "Shift+Tab")


async def _sign_in(demo: RunningNahtlos, keyboard: Keyboard, name: str) -> None:
    await keyboard.page.goto(f"{demo.address}/sign-in")
    await keyboard.skip()
    await keyboard.go_to("main button")
    await keyboard.follow()
    await keyboard.correct("field-name")
    await keyboard.type(name)
    await keyboard.go_to("[name=password]")
    await keyboard.type(PASSWORD)
    await keyboard.follow()
    await expect(keyboard.page).to_have_url(re.compile("/my-day$"))


async def _sign_out(keyboard: Keyboard) -> None:
    await keyboard.go_to(".nl-account summary", "Shift+Tab")
    await keyboard.press("Space")
    await keyboard.go_to(".nl-account button[name=language]")
    await keyboard.go_to("form[action='/sign-out'] button")
    await keyboard.follow()


async def _open_a_case(keyboard: Keyboard, family_name: str) -> None:
    await keyboard.skip()
    await keyboard.go_to("[name=member-0-given_name]")
    await keyboard.type("Amal")
    await keyboard.go_to("[name=member-0-family_name]")
    await keyboard.type(family_name)
    await keyboard.go_to("[name=member-0-birth_date]")
    # Read the same whether the browser begins with the day or with the month.
    await keyboard.type("05051991")
    await keyboard.follow()
    await keyboard.correct("field-need-0")
    await keyboard.go_to("button[name=do][value=propose]")
    await keyboard.follow()
    assert await keyboard.is_on("#field-paths"), "the proposed paths have no focus"
    await keyboard.go_to("#all-paths > summary")
    await keyboard.press("Space")
    for value in ("all", "0"):
        await keyboard.go_to(f"[name=path-benefit-change][value='{value}']")
        await keyboard.press("Space")
    await keyboard.go_to("button[name=do][value=open]")
    await keyboard.follow()
    await expect(keyboard.page.locator("[role=status]")).to_contain_text("Der Fall ist angelegt.")


async def _ask(keyboard: Keyboard) -> None:
    await keyboard.go_to(f".nl-stop a[href$='step={STEP}']")
    await keyboard.follow()
    await keyboard.skip()
    await keyboard.go_to("[name=agency]")
    await keyboard.press("Space")
    await keyboard.go_to("[name=note]")
    await keyboard.type("Bitte bald.")
    await keyboard.go_to("form.nl-form button")
    await keyboard.follow()
    await expect(keyboard.page.locator("[role=status]")).to_contain_text("verschickt")


async def _requests_of(page: Page, family_name: str) -> list[str]:
    titles = page.locator(".nl-card__title a", has_text=family_name)
    await expect(titles).to_have_count(2)
    return [await title.get_attribute("href") or "" for title in await titles.all()]


async def _reject(keyboard: Keyboard) -> None:
    await keyboard.skip()
    await keyboard.go_to("#reject summary")
    await keyboard.press("Enter")
    await keyboard.go_to("#reject button")
    await keyboard.follow()
    await keyboard.correct("field-reject-reason")
    while not await keyboard.is_on("[value=no-capacity]"):
        await keyboard.press("ArrowDown")
    await keyboard.go_to("#reject textarea")
    await keyboard.type("Wir haben keine freien Plätze.")
    await keyboard.go_to("#reject button")
    await keyboard.follow()
