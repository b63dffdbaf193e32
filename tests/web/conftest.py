"""The application on a real PostgreSQL, with a clock that the tests set."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from pydantic import AwareDatetime, BaseModel
from sqlalchemy import text

from service.accounts.people import NewUser
from service.accounts.service import add_user, create_token
from service.database import Database
from service.settings import Settings
from service.web.app import create_app
from service.web.dependencies import Caller, Db, Rendering, SignedIn
from service.web.flash import Flash, redirect
from service.web.problems import Refusal, not_found
from service.web.protection import protect
from service.web.text import Line
from tests.web.support import ORIGIN, PASSWORD, SetClock
from workflows.domain.errors import AlreadyClaimed
from workflows.domain.principal import Principal, Role


@dataclass
class TestContainer:
    """What the web foundation needs."""

    __test__ = False

    database: Database
    settings: Settings = field(default_factory=lambda: Settings(public_url=ORIGIN))
    clock: SetClock = field(default_factory=SetClock)


@pytest.fixture
def container(database: Database) -> TestContainer:
    """The container of the application under test, with a clock that the test sets."""
    return TestContainer(database)


CLIENT = "Amina Haddad, 4 May 1990"


class Letter(BaseModel):
    """A body for the API of the tests."""

    title: Line
    sent_at: AwareDatetime


pages = APIRouter()
api = APIRouter()


@pages.get("/hello")
async def hello(request: Request, principal: SignedIn, rendering: Rendering) -> Response:
    return rendering.render(
        request, "pages/refusal.html", title=f"Hello {principal.role}", sentence="…"
    )


@pages.post("/acts")
async def act(request: Request, principal: SignedIn) -> Response:
    return redirect(request, "/my-day", Flash("Done.", f"{principal.role} has acted."))


@pages.get("/broken")
async def broken() -> Response:
    raise RuntimeError(CLIENT)


@pages.get("/claimed")
async def claimed() -> Response:
    raise AlreadyClaimed(by="somebody")


@api.post("/letters", status_code=201)
async def write(letter: Letter, caller: Caller) -> dict[str, str]:
    return {"title": letter.title, "user": str(caller.user_id)}


@api.get("/letters/{letter_id}")
async def read(letter_id: str, database: Db) -> dict[str, str]:
    async with database.transaction() as connection:
        await connection.execute(text("SELECT CAST(:id AS text)"), {"id": letter_id})
    raise not_found()


@api.get("/broken")
async def broken_api() -> None:
    raise RuntimeError(CLIENT)


@api.get("/taken")
async def taken() -> None:
    raise Refusal(409, "taken", "overdue", "by %(day)s", params={"day": "<Thursday>"})


@pytest.fixture
def app(container: TestContainer) -> FastAPI:
    """The application, with a few routes of the tests' own."""
    app = create_app(container)
    app.include_router(pages, dependencies=[Depends(protect)])
    app.include_router(api, prefix="/api/v1")
    return app


Visit = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def visit(app: FastAPI) -> AsyncIterator[Visit]:
    """Opens browsers: each with cookies of its own."""
    browsers: list[httpx.AsyncClient] = []

    def open_browser(**headers: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        browser = httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=names)
        browsers.append(browser)
        return browser

    yield open_browser
    for browser in browsers:
        await browser.aclose()


@pytest.fixture
def browser(visit: Visit) -> httpx.AsyncClient:
    """A browser in which nobody is signed in."""
    return visit(accept_language="en")


AddUser = Callable[..., Awaitable[None]]


@pytest.fixture
def add(container: TestContainer) -> AddUser:
    """Adds users."""

    async def add_one(name: str, role: Role = Role.CASE_MANAGER, language: str = "en") -> None:
        new = NewUser(name, name.title(), role, None, PASSWORD, f"{name}@example.org", language)
        await add_user(container.database, Principal.system(), container.clock.now(), new)

    return add_one


@pytest.fixture
async def alice(add: AddUser, browser: httpx.AsyncClient) -> httpx.AsyncClient:
    """Alice's browser, signed in."""
    await add("alice")
    answer = await browser.post("/sign-in", data={"name": "alice", "password": PASSWORD})
    assert answer.status_code == 303
    return browser


@pytest.fixture
async def program(add: AddUser, container: TestContainer, visit: Visit) -> httpx.AsyncClient:
    """A program with Bob's token."""
    await add("bob")
    now = container.clock.now()
    token = await create_token(container.database, Principal.system(), now, "bob")
    return visit(accept_language="en", authorization=f"Bearer {token}")
