"""Whoever was signed out meanwhile loses nothing that they had written."""

import httpx

from tests.web.conftest import AddUser
from tests.web.support import csrf_token


async def test_what_was_written_is_shown_to_copy(alice: httpx.AsyncClient) -> None:
    token = csrf_token((await alice.get("/my-day")).text)
    await alice.post("/sign-out", data={"csrf_token": token})

    answer = await alice.post(
        "/acts", data={"csrf_token": token, "idempotency_key": "k", "note": "<b>Ruft Montag an"}
    )

    assert answer.status_code == 401
    assert "&lt;b&gt;Ruft Montag an" in answer.text
    assert token not in answer.text
    assert 'href="/sign-in"' in answer.text


async def test_an_act_without_words_just_leads_to_signing_in(
    add: AddUser, browser: httpx.AsyncClient
) -> None:
    await add("alice")

    answer = await browser.post("/acts", data={"idempotency_key": "k"})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in"
