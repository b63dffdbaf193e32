"""What programs are told when something is refused, and what people are."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import update

from service.accounts.tables import tokens
from service.database import Database
from tests.web.conftest import TestContainer, Visit

LETTER = {"title": "Hello", "sent_at": "2026-12-01T09:00:00Z"}


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, object]:
    """Return the problem document, having checked its form (RFC 9457)."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = answer.json()
    assert body["type"] == f"urn:nahtlos:problem:{code}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


async def test_a_token_opens_the_api(program: httpx.AsyncClient) -> None:
    answer = await program.post("/api/v1/letters", json=LETTER)
    assert answer.status_code == 201
    assert answer.json()["title"] == "Hello"


async def test_tokens_need_no_csrf_token_and_may_come_from_anywhere(
    program: httpx.AsyncClient,
) -> None:
    headers = {"origin": "https://elsewhere.example"}
    answer = await program.post("/api/v1/letters", json=LETTER, headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer \xff"]
)
async def test_without_a_valid_token_the_api_is_closed(
    browser: httpx.AsyncClient, authorization: str
) -> None:
    headers = {b"authorization": authorization.encode("latin-1")}
    answer = await browser.post("/api/v1/letters", json=LETTER, headers=headers)
    problem(answer, 401, "sign-in-needed")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_session_does_not_open_the_api(alice: httpx.AsyncClient) -> None:
    problem(await alice.post("/api/v1/letters", json=LETTER), 401, "sign-in-needed")


async def test_a_revoked_token_is_worthless(
    program: httpx.AsyncClient, container: TestContainer
) -> None:
    async with container.database.transaction() as connection:
        await connection.execute(update(tokens).values(revoked_at=container.clock.now()))
    problem(await program.post("/api/v1/letters", json=LETTER), 401, "sign-in-needed")


async def test_every_wrong_field_is_named(program: httpx.AsyncClient) -> None:
    answer = await program.post("/api/v1/letters", json={"title": "x" * 201, "sent_at": "today"})
    body = problem(answer, 422, "unusable-input")
    assert body["errors"] == [
        {"in": "body", "field": "title", "detail": "At most 200 characters, please."},
        {"in": "body", "field": "sent_at", "detail": "A time, please, as in RFC 3339."},
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"title": "a\\u0000b", "sent_at": "2026-12-01T09:00:00Z"}',
        b'{"title": "\\ud800", "sent_at": "2026-12-01T09:00:00Z"}',
        b'{"title": ["a"], "sent_at": "2026-12-01T09:00:00Z"}',
        b'{"title": "a", "sent_at": "2026-12-01T09:00:00"}',
        b'{"title": "a", "sent_at": 1e999}',
        b'{"\\ud800": {"\\ud800": 1}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
async def test_odd_json_is_refused_calmly(program: httpx.AsyncClient, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = await program.post("/api/v1/letters", content=content, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_what_postgresql_cannot_take_is_the_senders_mistake(
    program: httpx.AsyncClient,
) -> None:
    problem(await program.get("/api/v1/letters/a%00b"), 422, "unusable-input")


async def test_a_body_beyond_one_megabyte_is_refused(program: httpx.AsyncClient) -> None:
    body = b'{"title": "' + b"x" * 1_000_000 + b'"}'
    headers = {"content-type": "application/json"}
    answer = await program.post("/api/v1/letters", content=body, headers=headers)
    problem(answer, 413, "too-large")

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 100_000):
            yield body[start : start + 100_000]

    answer = await program.post("/api/v1/letters", content=in_pieces(), headers=headers)
    problem(answer, 413, "too-large")


async def test_what_is_not_there_is_not_found(program: httpx.AsyncClient) -> None:
    problem(await program.get("/api/v1/nothing"), 404, "not-found")
    problem(await program.get("/api/v1/letters/1"), 404, "not-found")


async def test_the_wrong_method_names_the_right_one(program: httpx.AsyncClient) -> None:
    answer = await program.get("/api/v1/letters")
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "POST"


async def test_a_refusal_is_translated_with_its_parameters(browser: httpx.AsyncClient) -> None:
    headers = {"accept-language": "de"}
    body = problem(await browser.get("/api/v1/taken", headers=headers), 409, "taken")
    assert body["detail"] == "bis <Thursday>"


async def test_a_failure_gives_nothing_away(
    browser: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await browser.get("/api/v1/broken")
    problem(answer, 500, "internal-error")
    page = await browser.get("/broken")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert page.headers["content-security-policy"]
    stacks = [str(vars(record).get("exception")) for record in caplog.records]
    for said in (answer.text, page.text, caplog.text, *stacks):
        assert "Amina" not in said
    assert any("in broken_api" in stack for stack in stacks)


async def test_people_get_pages(alice: httpx.AsyncClient) -> None:
    missing = await alice.get("/nothing")
    assert missing.status_code == 404
    assert "<h1" in missing.text
    assert "We found nothing here" in missing.text
    assert 'href="/my-day"' in missing.text
    assert (await alice.get("/acts")).status_code == 405


async def test_a_broken_rule_is_a_conflict_in_words(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/claimed")
    assert answer.status_code == 409
    assert "A colleague is working on it" in answer.text


async def test_without_the_database_people_are_asked_to_come_back(
    container: TestContainer, visit: Visit
) -> None:
    working = container.database
    container.database = Database("postgresql://nobody:x@127.0.0.1:1/none?sslmode=disable")
    browser = visit(accept_language="de", cookie="nahtlos_session=x")
    answer = await browser.get("/my-day")
    container.database = working
    assert answer.status_code == 503
    assert "Nahtlos ist gerade nicht erreichbar" in answer.text
    assert (await browser.get("/healthz")).text == "ok\n"
