"""Forged requests from other sites change nothing."""

import httpx
import pytest

from tests.web.support import ORIGIN, PASSWORD, csrf_token


@pytest.fixture
async def token(alice: httpx.AsyncClient) -> str:
    """The token of Alice's session."""
    return csrf_token((await alice.get("/my-day")).text)


async def test_a_form_of_ours_gets_through(alice: httpx.AsyncClient, token: str) -> None:
    headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
    answer = await alice.post("/acts", data={"csrf_token": token}, headers=headers)
    assert answer.status_code == 303
    page = await alice.get("/my-day")
    assert "case_manager has acted." in page.text


@pytest.mark.parametrize("wrong", [{}, {"csrf_token": ""}, {"csrf_token": "guess"}])
async def test_without_the_token_of_the_session_nothing_happens(
    alice: httpx.AsyncClient, wrong: dict[str, str]
) -> None:
    answer = await alice.post("/acts", data=wrong, headers={"origin": ORIGIN})
    assert answer.status_code == 403
    assert "This did not come from our pages" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://nahtlos.test.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
    ],
)
async def test_another_origin_gets_nowhere_even_with_the_token(
    alice: httpx.AsyncClient, token: str, headers: dict[str, str]
) -> None:
    answer = await alice.post("/acts", data={"csrf_token": token}, headers=headers)
    assert answer.status_code == 403


async def test_nobody_is_signed_in_from_another_site(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/sign-in", data={}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


async def test_a_token_of_another_session_does_not_count(
    alice: httpx.AsyncClient, token: str
) -> None:
    await alice.post("/sign-out", data={"csrf_token": token})
    await alice.post("/sign-in", data={"name": "alice", "password": PASSWORD})
    assert (await alice.post("/acts", data={"csrf_token": token})).status_code == 403


@pytest.mark.parametrize(
    "content",
    [
        b"csrf_token=%00",
        b"name=%00&name=b",
        b"\xff\xfe=\xff&=&&;;",
        b"name[]=1&name[a]=2&csrf_token[]=x",
        b"%ED%A0%80=%ED%A0%80&csrf_token=%ED%A0%80",
        b"a=" + b"x" * 900_000,
        b"&".join(b"f%d=1" % n for n in range(2000)),
    ],
)
async def test_odd_form_data_is_refused_calmly(alice: httpx.AsyncClient, content: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    for address in ("/acts", "/sign-in", "/language", "/sign-out"):
        answer = await alice.post(address, content=content, headers=headers)
        assert answer.status_code in {400, 403, 422}, address


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=b", b"--b\r\nbroken"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\n'
            b"x\r\n--b--\r\n",
        ),
        ("application/json", b"[" * 100_000),
        ("text/plain; charset=utf-16", b"\xff"),
    ],
)
async def test_odd_bodies_are_refused_calmly(
    browser: httpx.AsyncClient, kind: str, content: bytes
) -> None:
    answer = await browser.post("/sign-in", content=content, headers={"content-type": kind})
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize("charset", ["undefined", "punycode", "no-such-thing"])
async def test_a_character_set_that_nobody_can_read_is_the_senders_mistake(
    browser: httpx.AsyncClient, charset: str
) -> None:
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    content = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xe4\r\n--x--\r\n'
    answer = await browser.post("/sign-in", content=content, headers={"content-type": kind})
    assert 400 <= answer.status_code < 500


async def test_half_a_letter_is_no_token(alice: httpx.AsyncClient) -> None:
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"
    content = (
        b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n\\ud800\r\n--x--\r\n'
    )
    answer = await alice.post("/acts", content=content, headers={"content-type": kind})
    assert answer.status_code == 403
