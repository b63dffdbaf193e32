"""Programs that use the API, each with the token of one of the cast."""

from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from service.bootstrap import Container
from service.web.app import create_app
from tests.api.programs import Program
from tests.api.surroundings import NAMES, furnish
from tests.world import World

Programs = dict[str, Program]


@pytest.fixture(scope="session")
def shared_app(shared_container: Container) -> FastAPI:
    """The application."""
    return create_app(shared_container)


@pytest.fixture
def app(shared_app: FastAPI, container: Container) -> FastAPI:
    """The application, with the parts of this test."""
    shared_app.state.container = container
    return shared_app


@pytest.fixture
async def programs(app: FastAPI, working: World) -> AsyncIterator[Programs]:
    """A program for each of the cast, in their furnished world, while a worker works."""
    await furnish(working)
    found = {name: Program(app, token=name) for name in NAMES}
    yield found
    for program in found.values():
        await program.aclose()


@pytest.fixture
def anna(programs: Programs) -> Program:
    """The case manager of office A."""
    return programs["anna"]


@pytest.fixture
def clara(programs: Programs) -> Program:
    """A clerk of the receiving agency."""
    return programs["clara"]
