"""A running Nahtlos and a real browser for the stories."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from tests.story.nahtlos import RunningNahtlos


@pytest.fixture
def nahtlos(tmp_path: Path) -> Iterator[RunningNahtlos]:
    """A Nahtlos of this test's own."""
    running = RunningNahtlos(tmp_path / "data")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNahtlos]:
    """A Nahtlos for tests that leave it running."""
    running = RunningNahtlos(tmp_path_factory.mktemp("demo") / "data")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Chromium. ``make test`` says where it is."""
    path = os.environ.get("NAHTLOS_TEST_CHROMIUM", "/usr/bin/chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        await browser.close()
