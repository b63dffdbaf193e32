"""The running demo, a real browser, and requests to begin with."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest
from playwright.async_api import Browser

from service.bootstrap import Container, container_for
from service.stack.runfile import settings_for
from tests.flows.office import furnish, send_request
from tests.flows.window import Window
from tests.story.conftest import chromium, demo
from tests.story.nahtlos import RunningNahtlos

__all__ = ["chromium", "demo"]

Arrive = Callable[[str], Awaitable[Window]]


@pytest.fixture(scope="session")
async def parts(demo: RunningNahtlos) -> AsyncIterator[Container]:
    """The parts of the running demo, with a second agency for the titles of residence."""
    async with container_for(settings_for(demo.data)) as container:
        await furnish(container)
        yield container


@pytest.fixture
async def request_id(parts: Container) -> UUID:
    """Anna's request to the immigration office of the city, where Lena and Heike work."""
    return await send_request(parts)


@pytest.fixture
async def arrive(demo: RunningNahtlos, chromium: Browser) -> AsyncIterator[Arrive]:
    """Opens a window in which somebody is signed in."""
    windows: list[Window] = []

    async def one(name: str) -> Window:
        windows.append(await Window.signed_in(chromium, demo, name))
        return windows[-1]

    yield one
    for window in windows:
        await window.page.context.close()
