"""Takes the pictures anew: ``python -m tests.screenshots``."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import ViewportSize

from tests.story.chromium import running_chromium
from tests.story.nahtlos import RunningNahtlos
from tests.story.person import Person

FOLDER = Path(__file__).parent
SIZE = ViewportSize(width=1040, height=960)


async def take(nahtlos: RunningNahtlos) -> None:
    """Take a picture of a case that stalls, and of the supervisor's board."""
    async with running_chromium() as browser:
        eva = await Person.signed_in(browser, nahtlos, "eva")
        await eva.page.set_viewport_size(SIZE)
        await eva.visit("/stalled")
        await eva.page.screenshot(path=FOLDER / "stalled.png")
        await eva.page.locator("main a[href^='/referrals/']").first.click()
        await eva.page.locator("main a[href^='/cases/']").first.click()
        await eva.page.screenshot(path=FOLDER / "case.png")


def main() -> None:
    """Start a Nahtlos with the demo world and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        nahtlos = RunningNahtlos(Path(folder) / "data")
        try:
            nahtlos.start()
            asyncio.run(take(nahtlos))
        finally:
            nahtlos.stop()


if __name__ == "__main__":
    main()
