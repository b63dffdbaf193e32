"""The real browser. ``make test`` says where it is."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright


@asynccontextmanager
async def running_chromium() -> AsyncIterator[Browser]:
    """Start Chromium, and end it afterwards."""
    path = os.environ.get("NAHTLOS_TEST_CHROMIUM", "/usr/bin/chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        await browser.close()
