"""No text of ours is left out of the translations, on no page and in no mail."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Browser

from service.bootstrap import Container
from service.notifications.letters import Line
from service.notifications.words import SUBJECTS
from service.web.app import create_app
from service.web.i18n import load_translators
from service.web.places import TEMPLATES
from service.web.templates import environment
from tests.accessibility.pseudo import write_catalogues
from tests.accessibility.reading import data_of, texts_of
from tests.accessibility.scene import Scene
from tests.accessibility.visits import visits
from tests.accessibility.walk import Walk

LATIN = re.compile(r"[A-Za-z]+")
"""Letters as no message has them in the language that nobody speaks."""

LINK = "https://nahtlos.example/referrals/1"


@pytest.fixture
async def pseudo_address(
    parts: Container, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """Where the demo's pages are in the language that nobody speaks."""
    write_catalogues(tmp_path / "translations")
    monkeypatch.setattr("service.web.app.TRANSLATIONS", tmp_path / "translations")
    server = uvicorn.Server(uvicorn.Config(create_app(parts), port=0, log_level="critical"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


async def test_every_text_of_every_page_can_be_translated(
    parts: Container,
    scene: Scene,
    chromium: Browser,
    pseudo_address: str,
    record_property: Callable[[str, object], None],
) -> None:
    data, every = await data_of(parts, "de"), visits(scene)
    found: list[str] = []
    texts = 0
    async for seen in Walk(chromium, parts, pseudo_address, "de", 1280).through(every):
        for text in await texts_of(seen.page):
            texts += 1
            if untranslated := LATIN.findall(data.sub("", text)):
                found.append(f"{seen.visit.name}: {untranslated} in {text!r}")
    report = f"{len(every)} pages, {texts} texts: {len(found)} untranslated"
    record_property("untranslated", report)
    print(report)  # noqa: T201 - the count is what the test is asked for
    assert not found, "\n".join(found)
    assert texts > 1000


@pytest.mark.parametrize("kind", [path.stem for path in (TEMPLATES / "mails").glob("[a-z]*.txt")])
def test_every_line_of_every_mail_can_be_translated(tmp_path: Path, kind: str) -> None:
    write_catalogues(tmp_path)
    t = load_translators(tmp_path)["de"]
    due_at = datetime(2026, 12, 3, 12, tzinfo=UTC)
    text = (
        environment(TEMPLATES, t)
        .get_template(f"mails/{kind}.txt")
        .render(due_at=due_at, link=LINK, matters=[Line(t(SUBJECTS["request"]), LINK, due_at)])
    )
    subject = t(SUBJECTS.get(kind, SUBJECTS["request"]))
    assert subject.startswith("⟦")
    for line in (subject, *text.strip().splitlines()):
        assert not LATIN.findall(line.replace(LINK, "").replace("Donnerstag, 3. Dezember", ""))
