"""A person's window, with the words of a request's page."""

import re
from uuid import UUID

from playwright.async_api import expect

from tests.story.person import Person


class Window(Person):
    """What somebody does with requests, by what stands on the buttons."""

    async def opens(self, request_id: UUID) -> None:
        """Look at a request."""
        await self.visit(f"/referrals/{request_id}")

    async def sends(self, name: str) -> None:
        """Press the button of that act's form and wait for the page that it leads to."""
        form = self.page.locator(f"form[action$='/{name}']")
        async with self.page.expect_navigation():
            await form.get_by_role("button").click()

    async def follows(self, label: str) -> None:
        """Follow a link."""
        async with self.page.expect_navigation():
            await self.page.locator("main").get_by_role("link", name=label).first.click()

    async def sees_in(self, heading: str, text: str) -> None:
        """Check that a section says something."""
        section = self.page.locator("section.nl-section").filter(
            has=self.page.get_by_role("heading", name=re.compile(f"^{heading}"))
        )
        await expect(section.first).to_contain_text(text)

    async def is_at_a_request(self) -> UUID:
        """Return which request the window shows."""
        await expect(self.page).to_have_url(re.compile("/referrals/[0-9a-f-]{36}$"))
        return UUID(self.page.url.rsplit("/", 1)[1])
