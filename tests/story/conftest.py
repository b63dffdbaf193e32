"""A running Nahtlos and a real browser for the stories."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.story.chromium import running_chromium
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
    """Chromium, for every story."""
    async with running_chromium() as browser:
        yield browser
