"""Every page, in every state that matters: usable by everybody (BITV 2.0, WCAG 2.2 AA).

``make prove`` looks at all of them in both languages and both widths; the daily tests in German
on a wide screen, where they are made narrow for a moment.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser

from service.bootstrap import Container
from tests.accessibility.checks import loose_errors, lost_places, sideways, violations
from tests.accessibility.markup import errors
from tests.accessibility.reading import data_of, german_left
from tests.accessibility.routes import routes_of_pages
from tests.accessibility.scene import Scene
from tests.accessibility.visits import visits
from tests.accessibility.walk import Walk
from tests.counts import FULL
from tests.story.nahtlos import RunningNahtlos

DESKTOP, PHONE, AT_400_PERCENT = 1280, 360, 320
LOOKS = [
    (language, width)
    for language, width in (("de", DESKTOP), ("de", PHONE), ("en", DESKTOP), ("en", PHONE))
    if FULL or (language, width) == ("de", DESKTOP)
]


async def test_every_page_is_visited(scene: Scene) -> None:
    assert {visit.route for visit in visits(scene)} == routes_of_pages()


@pytest.mark.parametrize(("language", "width"), LOOKS)
async def test_nobody_is_shut_out(
    demo: RunningNahtlos,
    parts: Container,
    scene: Scene,
    chromium: Browser,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    language: str,
    width: int,
) -> None:
    found: list[str] = []
    every, data = visits(scene), await data_of(parts, language)
    async for seen in Walk(chromium, parts, demo.address, language, width).through(every):
        (tmp_path / f"{seen.visit.name}.html").write_text(seen.html)
        wrong = await violations(seen.page)
        wrong += await loose_errors(seen.page)
        wrong += await lost_places(seen.page)
        if language == "en":
            wrong += await german_left(seen.page, data)
        for narrow in (PHONE, AT_400_PERCENT):
            wrong += await sideways(seen.page, narrow)
        found += [f"{seen.visit.name}: {one}" for one in wrong]
    found += errors(tmp_path)
    report = f"{len(every)} pages in {language} at {width} px: {len(found)} violations"
    record_property("accessibility", report)
    print(report)  # noqa: T201 - the count is what the test is asked for
    assert not found, "\n".join(found)
