"""Takes the pictures anew: ``python -m tests.screenshots``."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import ViewportSize

from tests.flows.family_case import tell_what_the_family_needs
from tests.story.chromium import running_chromium
from tests.story.nahtlos import RunningNahtlos
from tests.story.person import Person

FOLDER = Path(__file__).parent
SIZE = ViewportSize(width=1040, height=960)


async def take(nahtlos: RunningNahtlos) -> None:
    """Take a picture of a family's paths, side by side, and of the supervisor's board."""
    async with running_chromium() as browser:
        anna = await Person.signed_in(browser, nahtlos, "anna")
        await anna.page.set_viewport_size(SIZE)
        await tell_what_the_family_needs(anna)
        await anna.click("Fall anlegen")
        await anna.page.reload()
        await anna.page.screenshot(path=FOLDER / "case.png")
        eva = await Person.signed_in(browser, nahtlos, "eva")
        await eva.page.set_viewport_size(SIZE)
        await eva.visit("/stalled")
        await eva.page.screenshot(path=FOLDER / "stalled.png")


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
