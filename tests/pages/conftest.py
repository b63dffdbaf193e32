"""The pages on the real parts: the cast signs in without a password, each in a browser."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import insert

from service.accounts.credentials import Credentials
from service.accounts.secrets import digest, new_secret
from service.accounts.tables import users
from service.bootstrap import Container
from service.web.app import create_app
from tests import cast
from tests.pages.browsing import Browser
from tests.world import World
from workflows.domain.principal import Principal, Role

ORIGIN = "http://127.0.0.1:8000"
CARLA = Principal(
    user_id=UUID("01920000-0000-7000-9000-000000000031"),
    role=Role.CASE_MANAGER,
    agency_id=cast.OFFICE_A,
)
"""Anna's colleague."""


@dataclass
class ShiftedClock:
    """The pages' clock: it can be ahead of the engine's, so that deadlines have passed."""

    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> ShiftedClock:
    """The clock of the pages."""
    return ShiftedClock()


@pytest.fixture(scope="session")
def shared_app(shared_container: Container) -> FastAPI:
    """The application."""
    return create_app(shared_container)


@pytest.fixture
def app(shared_app: FastAPI, working: World, clock: ShiftedClock) -> FastAPI:
    """The application on the cast's world, with a worker behind it."""
    shared_app.state.container = replace(working.container, clock=clock)
    return shared_app


SignIn = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def sign_in(app: FastAPI, working: World, clock: ShiftedClock) -> AsyncIterator[SignIn]:
    """Opens a browser in which somebody is signed in."""
    clients: list[httpx.AsyncClient] = []

    async def one(person: Principal, language: str = "de") -> Browser:
        secret, now = new_secret(), clock.now()
        async with working.container.database.transaction() as connection:
            await Credentials(connection).open_session(
                digest(secret), person.user_id, new_secret(), now, now + timedelta(hours=12)
            )
            await connection.execute(
                users.update().where(users.c.id == person.user_id).values(language=language)
            )
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url=ORIGIN, headers={"origin": ORIGIN}
        )
        client.cookies.set("nahtlos_session", secret)
        clients.append(client)
        return Browser(client)

    yield one
    for client in clients:
        await client.aclose()


@pytest.fixture
async def carla(working: World) -> Principal:
    """A second case manager of Anna's office."""
    async with working.container.database.transaction() as connection:
        await connection.execute(
            insert(users).values(
                id=CARLA.user_id,
                name="carla",
                display_name="Carla Cordes",
                sort_key="carla",
                role=CARLA.role,
                agency_id=CARLA.agency_id,
                password_hash="never matches",
                email="carla@example.org",
                language="de",
                active=True,
                created_at=working.container.clock.now(),
            )
        )
    return CARLA
