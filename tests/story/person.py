"""A person at a browser: signs in, reads, clicks. German interface, as most of them see it."""

import re
from typing import Self

from playwright.async_api import Browser, Page, expect

from tests.story.nahtlos import Nahtlos

PASSWORD = "nahtlos-demo"
PATIENCE = 30_000  # milliseconds


class Person:
    """One person with a browser window of their own."""

    def __init__(self, page: Page, nahtlos: Nahtlos) -> None:
        page.set_default_timeout(PATIENCE)
        self.page = page
        self._nahtlos = nahtlos

    @classmethod
    async def signed_in(cls, browser: Browser, nahtlos: Nahtlos, name: str) -> Self:
        """Open a window and sign in."""
        context = await browser.new_context(
            locale="de-DE",
            viewport={"width": 1280, "height": 900},
            ignore_https_errors=nahtlos.address.startswith("https:"),  # its own certificate
        )
        person = cls(await context.new_page(), nahtlos)
        await person.visit("/sign-in")
        await person.fill("name", name)
        await person.fill("password", PASSWORD)
        await person.click("Anmelden")
        await expect(person.page).to_have_url(re.compile("/my-day$"))
        return person

    async def visit(self, path: str) -> None:
        """Go to a page of Nahtlos, wherever it runs at the moment."""
        await self.page.goto(f"{self._nahtlos.address}{path}")

    async def fill(self, name: str, value: str) -> None:
        """Fill the field of that name."""
        await self.page.locator(f"[name='{name}']").fill(value)

    async def choose(self, name: str, value: str) -> None:
        """Choose from a list, or tick the box or button with that value."""
        field = self.page.locator(f"select[name='{name}']")
        if await field.count():
            await field.select_option(value)
        else:
            await self.page.locator(f"input[name='{name}'][value='{value}']").check()

    async def unfold(self, name: str) -> None:
        """Open what is folded away, as long as it is closed."""
        if await self.page.locator(f"details#{name}:not([open])").count():
            await self.page.locator(f"details#{name} > summary").click()

    async def click(self, label: str) -> None:
        """Press the first button with that label and wait for the page that it leads to."""
        button = self.page.locator("main").get_by_role("button", name=label, exact=True)
        async with self.page.expect_navigation():
            await button.first.click()

    async def sees(self, text: str) -> None:
        """Check that the page shows a text."""
        await expect(self.page.locator("main")).to_contain_text(text)

    async def text(self) -> str:
        """Return what the page says."""
        return await self.page.locator("main").inner_text()
