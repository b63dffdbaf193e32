"""Going to pages in a real browser, one signed-in window for each person."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from playwright.async_api import Browser, BrowserContext, Page, Response
from sqlalchemy import select, update

from service.accounts.credentials import Credentials
from service.accounts.secrets import digest, new_secret
from service.accounts.tables import users
from service.bootstrap import Container
from tests.accessibility.visit import Visit
from workflows.domain.principal import Role

LOCALES = {"de": "de-DE", "en": "en-GB"}
HEIGHT = 800


@dataclass(frozen=True)
class Seen:
    """A page that was gone to, as it stands in the browser and as it was served."""

    visit: Visit
    page: Page
    html: str


class Walk:
    """A walk through the pages at ``address``, in one language."""

    def __init__(
        self, chromium: Browser, parts: Container, address: str, language: str, width: int
    ) -> None:
        """Take the browser, the running parts and where their pages are."""
        self._chromium = chromium
        self._parts = parts
        self._address = address
        self._language = language
        self._width = width
        self._windows: dict[str | None, Page] = {}

    async def through(self, visits: list[Visit]) -> AsyncIterator[Seen]:
        """Go to one page after the other."""
        async with self._parts.database.transaction() as connection:
            await connection.execute(update(users).values(language=self._language))
        for visit in visits:
            async with self._window(visit) as page, self._administrators(visit):
                answer = await page.goto(f"{self._address}{visit.address}")
                if visit.act:
                    answer = await visit.act(page) or answer
                yield await self._seen(visit, page, answer)
        for page in self._windows.values():
            await page.context.close()

    async def _seen(self, visit: Visit, page: Page, answer: Response | None) -> Seen:
        assert answer is not None
        assert answer.status == visit.status, f"{visit.name}: {answer.status} at {answer.url}"
        assert await page.locator(visit.shows).count(), f"{visit.name}: no {visit.shows}"
        assert await page.get_attribute("html", "lang") == self._language
        return Seen(visit, page, await answer.text())

    @asynccontextmanager
    async def _administrators(self, visit: Visit) -> AsyncIterator[None]:
        """Leave those who look after the accounts out of a visit that comes before them."""
        if not visit.unattended:
            yield
            return
        async with self._parts.database.transaction() as connection:
            found = await connection.scalars(
                select(users.c.id).where(users.c.role == Role.ADMINISTRATOR)
            )
            theirs = update(users).where(users.c.id.in_(list(found)))
            await connection.execute(theirs.values(role=Role.DATA_PROTECTION))
        try:
            yield
        finally:
            async with self._parts.database.transaction() as connection:
                await connection.execute(theirs.values(role=Role.ADMINISTRATOR))

    @asynccontextmanager
    async def _window(self, visit: Visit) -> AsyncIterator[Page]:
        if visit.alone:
            page = await self._opened(visit.who)
            yield page
            await page.context.close()
            return
        if visit.who not in self._windows:
            self._windows[visit.who] = await self._opened(visit.who)
        page = self._windows[visit.who]
        await page.set_viewport_size({"width": self._width, "height": HEIGHT})
        yield page

    async def _opened(self, who: str | None) -> Page:
        context = await self._chromium.new_context(
            locale=LOCALES[self._language], viewport={"width": self._width, "height": HEIGHT}
        )
        if who:
            await self._sign_in(context, who)
        return await context.new_page()

    async def _sign_in(self, context: BrowserContext, who: str) -> None:
        """Open a session without the password: only the keyboard story is about signing in."""
        secret, now = new_secret(), self._parts.clock.now()
        async with self._parts.database.transaction() as connection:
            person = await connection.scalar(select(users.c.id).where(users.c.name == who))
            assert person, who
            await Credentials(connection).open_session(
                digest(secret), person, new_secret(), now, now + timedelta(hours=1)
            )
        await context.add_cookies(
            [{"name": "nahtlos_session", "value": secret, "url": self._address}]
        )
