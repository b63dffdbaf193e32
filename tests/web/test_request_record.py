"""One line for every request: by the route as declared, for whom, and how long it took."""

import logging

import httpx
import pytest


def records(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """Return what the lines of requests say."""
    return [
        vars(record)
        for record in caplog.records
        if record.name == "service.web.request_record" and record.levelno >= logging.INFO
    ]


@pytest.fixture(autouse=True)
def listening(caplog: pytest.LogCaptureFixture) -> None:
    """Take in lines of that level and above."""
    caplog.set_level(logging.INFO)


async def test_a_page_is_recorded_by_route_and_person(
    alice: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    answer = await alice.get("/cases/Amina?search=Haddad")
    [line] = records(caplog)
    assert line["route"] == "/cases/{case_id}"
    assert line["method"] == "GET"
    assert line["status"] == answer.status_code
    assert isinstance(line["seconds"], float)
    assert len(str(line["user_id"])) == 36
    assert "Amina" not in str(line)
    assert "Haddad" not in str(line)


async def test_a_program_is_recorded_by_whom_it_acts_for(
    program: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    await program.post("/api/v1/letters", json={"title": "x", "sent_at": "2026-12-01T09:00:00Z"})
    [line] = records(caplog)
    assert line["route"] == "/api/v1/letters"
    assert line["status"] == 201
    assert line["user_id"]


async def test_every_answer_carries_the_number_of_its_request(browser: httpx.AsyncClient) -> None:
    first, second = [(await browser.get("/sign-in")).headers["x-request-id"] for _ in range(2)]
    assert len(first) == 36
    assert first != second


async def test_what_nobody_declared_is_recorded_without_what_was_asked(
    browser: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    await browser.request("AMINA", "/Amina")
    [line] = records(caplog)
    assert (line["route"], line["method"], line["user_id"]) == ("other", "other", None)


async def test_a_failure_of_ours_is_a_warning_and_probes_are_no_news(
    browser: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    await browser.get("/healthz")
    assert records(caplog) == []
    await browser.get("/broken")
    [line] = records(caplog)
    assert line["status"] == 500
    assert line["levelname"] == "WARNING"
