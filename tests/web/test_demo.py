"""A demo says on every page that its people are invented."""

import httpx
import pytest
from sqlalchemy import insert

from service.database import Database
from service.installation.demo import begin_demo, is_this_machine
from service.installation.tables import demo_world
from tests.web.conftest import AddUser, TestContainer, Visit

ENGLISH = "Demo: people and cases are invented."
GERMAN = "Demo: Menschen und Fälle sind erfunden."


@pytest.fixture
async def in_a_demo(container: TestContainer) -> None:
    """The mark that stands before the first invented person is there."""
    async with container.database.transaction() as connection:
        assert await begin_demo(connection, container.clock.now())


@pytest.mark.usefixtures("in_a_demo")
async def test_every_page_of_a_demo_says_so(visit: Visit, add: AddUser) -> None:
    await add("alice", language="de")
    for language, sentence in (("en", ENGLISH), ("de", GERMAN)):
        browser = visit(accept_language=language)
        for path in ("/sign-in", "/nowhere"):
            assert sentence in (await browser.get(path)).text
    entered = {"name": "alice", "password": "correct horse battery staple"}
    await browser.post("/sign-in", data=entered)
    for path in ("/my-day", "/nowhere"):
        assert GERMAN in (await browser.get(path)).text


async def test_elsewhere_no_page_says_so(
    alice: httpx.AsyncClient, browser: httpx.AsyncClient
) -> None:
    for one in (alice, browser):
        for path in ("/sign-in", "/my-day", "/nowhere"):
            assert "Demo:" not in (await one.get(path)).text


async def test_a_demo_that_begins_is_noticed_by_who_is_signed_in(
    alice: httpx.AsyncClient, container: TestContainer, database: Database
) -> None:
    assert ENGLISH not in (await alice.get("/hello")).text
    async with database.transaction() as connection:
        await connection.execute(insert(demo_world).values(since=container.clock.now()))
    assert ENGLISH in (await alice.get("/hello")).text


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("https://nahtlos.example.org", False),
        ("http://192.168.1.7:8000", False),
        ("http://127.0.0.1.example.org", False),
    ],
)
def test_the_demo_is_for_addresses_of_this_machine(address: str, here: bool) -> None:
    assert is_this_machine(address) is here
