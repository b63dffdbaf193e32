"""The choice of language."""

import httpx
import pytest

from service.web.i18n import preferred_language
from tests.web.conftest import Visit
from tests.web.support import PASSWORD, csrf_token


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "de"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de;q=0.5, en;q=0.8", "en"),
        ("fr, ar", "de"),
        ("fr, en;q=0.1", "en"),
        ("en;q=0", "de"),
        ("en;q=x, ;;;,", "de"),
        ("EN-us", "en"),
    ],
)
def test_the_browser_is_asked(header: str, language: str) -> None:
    assert preferred_language(header) == language


async def test_german_comes_first(visit: Visit) -> None:
    page = (await visit().get("/sign-in")).text
    assert '<html lang="de"' in page
    assert "Benutzername" in page


async def test_before_signing_in_a_cookie_remembers_the_choice(visit: Visit) -> None:
    browser = visit(accept_language="de")
    answer = await browser.post(
        "/language", data={"language": "en", "next": "/sign-in?next=/inbox"}
    )
    assert answer.headers["location"] == "/sign-in?next=/inbox"
    assert "User name" in (await browser.get("/sign-in")).text


async def test_the_account_remembers_the_choice(alice: httpx.AsyncClient, visit: Visit) -> None:
    token = csrf_token((await alice.get("/my-day")).text)
    await alice.post("/language", data={"language": "de", "csrf_token": token})
    assert "Mein Tag" in (await alice.get("/my-day")).text
    elsewhere = visit(accept_language="en")
    await elsewhere.post("/sign-in", data={"name": "alice", "password": PASSWORD})
    assert "Mein Tag" in (await elsewhere.get("/my-day")).text


async def test_a_language_that_we_do_not_speak_is_refused(
    browser: httpx.AsyncClient,
) -> None:
    assert (await browser.post("/language", data={"language": "xx"})).status_code == 422
