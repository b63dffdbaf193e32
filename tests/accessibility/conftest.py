"""The running demo with a household in every state, and a browser to look at it."""

from collections.abc import AsyncIterator

import pytest

from service.bootstrap import Container, container_for
from service.stack.runfile import settings_for
from tests.accessibility.scene import Scene, make_scene
from tests.story.conftest import chromium, demo
from tests.story.nahtlos import RunningNahtlos

__all__ = ["chromium", "demo"]


@pytest.fixture(scope="session")
async def parts(demo: RunningNahtlos) -> AsyncIterator[Container]:
    """The parts of the running demo."""
    async with container_for(settings_for(demo.data)) as container:
        yield container


@pytest.fixture(scope="session")
async def scene(parts: Container) -> Scene:
    """What the visits go to."""
    return await make_scene(parts)
