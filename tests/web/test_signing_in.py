"""Signing in and out."""

from datetime import timedelta

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text, update

from service.accounts.tables import sessions, users
from tests.web.conftest import AddUser, TestContainer, Visit
from tests.web.support import PASSWORD, csrf_token


async def test_goes_on_to_the_page_that_was_asked_for(
    add: AddUser, browser: httpx.AsyncClient
) -> None:
    await add("alice")
    asked = await browser.get("/my-day?sort=due")
    assert asked.status_code == 303
    form = await browser.get(asked.headers["location"])
    assert 'name="next" value="/my-day?sort=due"' in form.text
    entered = {"name": " alice ", "password": PASSWORD, "next": "/my-day?sort=due"}
    answer = await browser.post("/sign-in", data=entered)
    assert answer.headers["location"] == "/my-day?sort=due"
    page = await browser.get("/hello")
    assert "Hello case_manager" in page.text
    assert "Alice" in page.text


@pytest.mark.parametrize(
    ("name", "password"),
    [("alice", "wrong"), ("nobody", PASSWORD), ("Alice", PASSWORD), ("alice\ud800", "\ud800")],
)
async def test_wrong_name_and_wrong_password_get_the_same_answer(
    add: AddUser, browser: httpx.AsyncClient, name: str, password: str
) -> None:
    await add("alice")
    entered = {
        "name": name.encode("utf-8", "surrogatepass"),
        "password": password.encode("utf-8", "surrogatepass"),
    }
    answer = await browser.post("/sign-in", data=entered)
    assert answer.status_code == 422
    assert "User name or password is wrong." in answer.text
    assert not browser.cookies


async def test_the_name_stays_in_the_form_and_the_password_does_not(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.post("/sign-in", data={"name": '<b>"al"', "password": "hunter2"})
    assert 'value="&lt;b&gt;&#34;al&#34;"' in answer.text
    assert "hunter2" not in answer.text
    assert 'aria-describedby="error-name"' in answer.text
    assert 'href="#field-name"' in answer.text
    assert "<title>Error: Sign in" in answer.text


async def test_empty_fields_are_named(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/sign-in", data={"name": " "})
    assert "Please enter your user name." in answer.text
    assert "Please enter your password." in answer.text
    assert "Please check 2 entries" in answer.text


async def test_inactive_users_stay_outside_and_are_put_out(
    alice: httpx.AsyncClient, container: TestContainer
) -> None:
    async with container.database.transaction() as connection:
        await connection.execute(update(users).values(active=False))
    assert (await alice.get("/my-day")).status_code == 303
    answer = await alice.post("/sign-in", data={"name": "alice", "password": PASSWORD})
    assert answer.status_code == 422


async def test_a_session_planted_before_signing_in_is_worthless_after_it(
    add: AddUser, browser: httpx.AsyncClient, visit: Visit
) -> None:
    await add("alice")
    await add("mallory")
    mallory = visit()
    await mallory.post("/sign-in", data={"name": "mallory", "password": PASSWORD})
    planted = mallory.cookies["nahtlos_session"]
    browser.cookies.set("nahtlos_session", planted, domain="nahtlos.test", path="/")
    page = await browser.get("/my-day")
    entered = {"name": "alice", "password": PASSWORD, "csrf_token": csrf_token(page.text)}
    await browser.post("/sign-in", data=entered)
    assert browser.cookies["nahtlos_session"] != planted
    assert (await mallory.get("/my-day")).status_code == 303


async def test_the_cookie_is_kept_from_scripts_and_only_its_digest_is_stored(
    add: AddUser, browser: httpx.AsyncClient, container: TestContainer
) -> None:
    await add("alice")
    answer = await browser.post("/sign-in", data={"name": "alice", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    async with container.database.transaction() as connection:
        stored = (await connection.execute(select(sessions.c.token_hash))).scalar_one()
    assert browser.cookies["nahtlos_session"].encode() not in stored
    assert len(stored) == 32


async def test_over_https_the_cookie_is_secure_and_bound_to_the_host(
    container: TestContainer, add: AddUser, browser: httpx.AsyncClient
) -> None:
    container.settings.public_url = "https://nahtlos.example"
    await add("alice")
    answer = await browser.post("/sign-in", data={"name": "alice", "password": PASSWORD})
    assert answer.headers["set-cookie"].startswith("__Host-nahtlos_session=")
    assert "Secure" in answer.headers["set-cookie"]


async def test_a_session_ends_after_an_idle_hour(
    alice: httpx.AsyncClient, container: TestContainer
) -> None:
    container.clock.forward(timedelta(minutes=59))
    assert (await alice.get("/my-day")).status_code == 200
    container.clock.forward(timedelta(minutes=59))
    assert (await alice.get("/my-day")).status_code == 200
    container.clock.forward(timedelta(minutes=60))
    assert (await alice.get("/my-day")).status_code == 303


async def test_a_session_ends_after_twelve_hours_however_busy(
    alice: httpx.AsyncClient, container: TestContainer
) -> None:
    for _ in range(23):
        container.clock.forward(timedelta(minutes=30))
        assert (await alice.get("/my-day")).status_code == 200
    container.clock.forward(timedelta(minutes=30))
    assert (await alice.get("/my-day")).status_code == 303


async def test_expired_sessions_are_cleared_away_at_the_next_sign_in(
    alice: httpx.AsyncClient, container: TestContainer
) -> None:
    container.clock.forward(timedelta(hours=13))
    await alice.post("/sign-in", data={"name": "alice", "password": PASSWORD})
    async with container.database.transaction() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM sessions"))).scalar() == 1


async def test_signing_out_ends_the_session_for_good(alice: httpx.AsyncClient) -> None:
    stolen = alice.cookies["nahtlos_session"]
    token = csrf_token((await alice.get("/my-day")).text)
    answer = await alice.post("/sign-out", data={"csrf_token": token})
    assert answer.headers["location"] == "/sign-in"
    assert "You are signed out." in (await alice.get("/sign-in")).text
    assert "You are signed out." not in (await alice.get("/sign-in")).text
    alice.cookies.set("nahtlos_session", stolen, domain="nahtlos.test", path="/")
    assert (await alice.get("/my-day")).status_code == 303
    assert (await alice.post("/sign-out")).status_code == 303


async def test_who_is_signed_in_needs_no_form(alice: httpx.AsyncClient) -> None:
    answer = await alice.get("/sign-in?next=/inbox")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/inbox"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/my-day\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "my-day",
        "/" + "a" * 2000,
        "/ä",
        "",
    ],
)
async def test_nobody_is_sent_to_another_site(
    add: AddUser, browser: httpx.AsyncClient, elsewhere: str
) -> None:
    page = await browser.get("/sign-in", params={"next": elsewhere})
    assert 'name="next" value="/my-day"' in page.text
    await add("alice")
    entered = {"name": "alice", "password": PASSWORD, "next": elsewhere}
    answer = await browser.post("/sign-in", data=entered)
    assert answer.headers.get("location", "/my-day") == "/my-day"


async def test_outdated_hashes_are_renewed(
    add: AddUser, container: TestContainer, browser: httpx.AsyncClient
) -> None:
    await add("alice")
    weak = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    async with container.database.transaction() as connection:
        await connection.execute(update(users).values(password_hash=weak))
    answer = await browser.post("/sign-in", data={"name": "alice", "password": PASSWORD})
    assert answer.status_code == 303
    async with container.database.transaction() as connection:
        stored = (await connection.execute(select(users.c.password_hash))).scalar_one()
    assert not PasswordHasher().check_needs_rehash(stored)


async def test_htmx_is_sent_to_sign_in_as_a_whole_page(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/my-day", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=/my-day"


async def test_htmx_that_sends_what_is_typed_leads_nobody_away_from_it(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.post(
        "/pathways/new/check", data={"text": "key: x"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 401
    assert "hx-redirect" not in answer.headers
