"""The first administrator: whoever started this Nahtlos, and nobody else."""

import asyncio
import logging

import httpx
import pytest
from sqlalchemy import select

from service.accounts.tables import users
from service.installation.set_up import WRONG_TRIES, new_set_up_code
from service.installation.tables import set_up_code
from tests.web.conftest import AddUser, TestContainer
from tests.web.support import PASSWORD
from workflows.domain.principal import Role

PAGE = "/first-administrator"


@pytest.fixture
async def code(container: TestContainer) -> str:
    """The code that the start has printed."""
    code = await new_set_up_code(container.database, container.clock.now())
    assert code is not None
    return code


def entered(shown: str, **changes: str) -> dict[str, str]:
    """Return what somebody types who shows that code."""
    return {
        "code": shown,
        "display_name": "Ulla Ülkü",
        "name": "ulla",
        "email": "ulla@example.org",
        "password": PASSWORD,
        **changes,
    }


async def administrators(container: TestContainer) -> list[str]:
    """Return the names of those who look after the accounts."""
    async with container.database.transaction() as connection:
        query = select(users.c.name).where(users.c.role == Role.ADMINISTRATOR)
        return list(await connection.scalars(query))


async def test_signing_in_leads_there_as_long_as_nobody_has_an_account(
    browser: httpx.AsyncClient, add: AddUser
) -> None:
    assert f'href="{PAGE}"' in (await browser.get("/sign-in")).text
    await add("alice")
    assert PAGE not in (await browser.get("/sign-in")).text


async def test_the_right_code_makes_the_account_and_signs_in(
    browser: httpx.AsyncClient, code: str, container: TestContainer
) -> None:
    assert (await browser.get(PAGE)).status_code == 200

    answer = await browser.post(PAGE, data=entered(f" {code.lower()} "))

    assert (answer.status_code, answer.headers["location"]) == (303, "/my-day")
    page = await browser.get("/my-day")
    assert "Ulla Ülkü" in page.text
    assert "nahtlos agencies import" in page.text
    assert await administrators(container) == ["ulla"]
    browser.cookies.clear()
    signed_in_again = await browser.post("/sign-in", data={"name": "ulla", "password": PASSWORD})
    assert signed_in_again.status_code == 303


async def test_the_page_is_gone_once_there_is_an_administrator(
    browser: httpx.AsyncClient, code: str, container: TestContainer
) -> None:
    assert (await browser.post(PAGE, data=entered(code))).status_code == 303
    browser.cookies.clear()
    assert (await browser.get(PAGE)).status_code == 404
    assert (await browser.post(PAGE, data=entered(code, name="other"))).status_code == 404
    assert await administrators(container) == ["ulla"]
    assert await new_set_up_code(container.database, container.clock.now()) is None


async def test_a_wrong_code_says_so_and_keeps_everything_but_the_password(
    browser: httpx.AsyncClient, code: str, container: TestContainer
) -> None:
    answer = await browser.post(PAGE, data=entered(f"X{code[1:]}" if code[0] != "X" else code[1:]))
    assert answer.status_code == 422
    assert "This is not the code." in answer.text
    assert 'value="Ulla Ülkü"' in answer.text
    assert 'value="ulla@example.org"' in answer.text
    assert PASSWORD not in answer.text
    assert await administrators(container) == []


async def test_after_a_handful_of_wrong_tries_the_code_is_used_up_until_the_next_start(
    browser: httpx.AsyncClient, code: str, container: TestContainer
) -> None:
    for _ in range(WRONG_TRIES):
        assert "This is not the code." in (await browser.post(PAGE, data=entered("wrong"))).text
    assert "This code is used up." in (await browser.post(PAGE, data=entered(code))).text

    fresh = await new_set_up_code(container.database, container.clock.now())

    assert fresh is not None
    assert (await browser.post(PAGE, data=entered(fresh))).status_code == 303


async def test_the_code_of_an_earlier_start_is_useless(
    browser: httpx.AsyncClient, code: str, container: TestContainer
) -> None:
    await new_set_up_code(container.database, container.clock.now())
    assert "This is not the code." in (await browser.post(PAGE, data=entered(code))).text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("code", "", "Please enter the code that the start has printed."),
        ("display_name", " ", "Please enter the name that others see."),
        ("name", "Ulla Ülkü", "Please choose a user name of small letters"),
        ("email", "ulla", "Please enter an e-mail address"),
        ("password", "x" * 11, "Please choose a password of at least 12 characters."),
    ],
)
async def test_what_cannot_be_is_said_in_a_sentence_and_costs_no_try(
    browser: httpx.AsyncClient, code: str, field: str, value: str, sentence: str
) -> None:
    answer = await browser.post(PAGE, data=entered(code, **{field: value}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'href="#field-{field}"' in answer.text
    assert (await browser.post(PAGE, data=entered(code))).status_code == 303


async def test_a_name_that_somebody_has_is_refused(
    browser: httpx.AsyncClient, code: str, add: AddUser
) -> None:
    await add("ulla")
    answer = await browser.post(PAGE, data=entered(code))
    assert "Somebody has this user name." in answer.text
    assert (await browser.post(PAGE, data=entered(code, name="ulla2"))).status_code == 303


async def test_two_at_once_make_one_administrator(
    browser: httpx.AsyncClient, code: str, container: TestContainer
) -> None:
    async with asyncio.TaskGroup() as group:
        for name in ("ulla", "ulli"):
            group.create_task(browser.post(PAGE, data=entered(code, name=name)))
    assert len(await administrators(container)) == 1


async def test_the_code_is_kept_as_a_hash_and_stands_in_no_log_and_no_address(
    browser: httpx.AsyncClient,
    code: str,
    container: TestContainer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    async with container.database.transaction() as connection:
        kept = str((await connection.execute(select(set_up_code))).one())
    answer = await browser.post(PAGE, data=entered(code, email="nothing"))
    assert code in answer.text  # it is not typed twice
    answer = await browser.post(PAGE, data=entered(code))
    for hiding in (code, code.replace("-", "")):
        assert hiding not in kept
        assert hiding not in caplog.text
        assert hiding not in str(answer.headers)
