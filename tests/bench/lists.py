"""Inbox and board with very many open referrals against their templates with constant rows.

The referrals are copies of a real one with new ids and other deadlines: the lists read tables and
nothing else, so no workflow stands behind a copy.
"""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import text

from service.accounts.credentials import Credentials
from service.accounts.secrets import digest, new_secret
from service.database import Database
from service.web.app import create_app
from service.web.templates import Pages
from tests import cast
from tests.bench.copies import copy_referral
from tests.bench.figures import Figure, ratios
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage
from workflows.domain.principal import Principal

ORIGIN = "http://127.0.0.1:8000"
BATCH = 5
MILLISECONDS = 1000


@dataclass
class Recording:
    """Renders like ``Pages`` and keeps what it was given: the constant rows."""

    pages: Pages
    last: tuple[Request, str, dict[str, Any]] | None = field(default=None)

    def render(self, request: Request, name: str, **context: Any) -> HTMLResponse:
        """Render."""
        self.last = (request, name, context)
        return self.pages.render(request, name, **context)

    def render_again(self) -> HTMLResponse:
        """Render the same template with the same rows."""
        assert self.last is not None
        request, name, context = self.last
        return self.pages.render(request, name, **context)


async def measure(stage: Stage, sizes: Sizes) -> list[Figure]:
    """Return how long the pages take, and their templates alone."""
    await _fill(stage, sizes.referrals_in_lists)
    app = create_app(stage.container)
    recording = app.state.pages = Recording(app.state.pages)
    figures: list[Figure] = []
    for name, person, path in (
        ("inbox", cast.SABINE, "/inbox"),
        ("board", cast.STEFAN, "/stalled"),
    ):
        async with await _browser(stage, app, person) as browser:
            ours, theirs = await _compare(browser, path, recording, sizes.page_views)
        figures += [
            Figure(f"{name}: page", tuple(ours), "ms"),
            Figure(f"{name}: template with constant rows", tuple(theirs), "ms"),
            Figure(f"{name}: page / template", ratios(ours, theirs), at_most=3),
        ]
    return figures


async def _compare(
    browser: httpx.AsyncClient, path: str, recording: Recording, views: int
) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(views + BATCH):
        started = time.perf_counter()
        answer = await browser.get(path)
        between = time.perf_counter()
        recording.render_again()
        ended = time.perf_counter()
        answer.raise_for_status()
        if number >= BATCH:  # the first ones warm up
            ours.append((between - started) * MILLISECONDS)
            theirs.append((ended - between) * MILLISECONDS)
    return ours, theirs


async def _fill(stage: Stage, many: int) -> None:
    case_id = await stage.world.open_case()
    referral_id = await stage.world.refer(case_id)
    async with stage.container.database.transaction() as connection:
        await copy_referral(connection, case_id, referral_id, many)
    # Autovacuum would do it within a minute; only the owner may.
    assert stage.settings.database_owner_url
    owner = Database(stage.settings.database_owner_url.get_secret_value())
    async with owner.transaction() as connection:
        await connection.execute(text("analyze"))
    await owner.dispose()


async def _browser(stage: Stage, app: FastAPI, person: Principal) -> httpx.AsyncClient:
    """Return a browser in which the person is signed in."""
    secret, now = new_secret(), stage.container.clock.now()
    async with stage.container.database.transaction() as connection:
        await Credentials(connection).open_session(
            digest(secret), person.user_id, new_secret(), now, now + timedelta(hours=12)
        )
    browser = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url=ORIGIN, headers={"origin": ORIGIN}
    )
    browser.cookies.set("nahtlos_session", secret)
    return browser
