"""Metrics: durations by route, counts by code; nothing that names anybody or anything."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select, update

from service.bootstrap import Container
from service.database import Database
from service.ledger.tables import workflow_states
from service.notifications.tables import notifications
from service.referrals.tables import referrals
from service.web.metrics import KeptFigures
from tests.api.conftest import Programs
from tests.api.programs import FAMILY, NOTE
from tests.cast import EVERYBODY

UUID_LIKE = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
Sample = tuple[str, dict[str, str], float]


async def scrape(app: FastAPI) -> str:
    """Read the metrics, counted anew."""
    app.state.figures = KeptFigures()
    return await read(app)


async def read(app: FastAPI) -> str:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://nahtlos.test") as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return answer.text


def samples(text: str) -> Iterator[Sample]:
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            yield sample.name, dict(sample.labels), sample.value


def value(text: str, wanted: str, **labels: str) -> float | None:
    found = [number for name, its, number in samples(text) if (name, its) == (wanted, labels)]
    return found[0] if found else None


async def test_requests_are_counted_by_route_method_and_status(
    app: FastAPI, programs: Programs
) -> None:
    anna = programs["anna"]
    counter = "nahtlos_http_request_duration_seconds_count"
    asked = {"route": "/api/v1/cases/{case_id}", "method": "GET", "status": "200"}
    before = value(await scrape(app), counter, **asked) or 0
    case_id = await anna.open_case()
    await anna.read(f"/cases/{case_id}")
    await anna.read(f"/cases/{case_id}")
    text = await scrape(app)
    assert value(text, counter, **asked) == before + 2
    assert value(text, counter, route="/api/v1/cases", method="POST", status="201")
    assert value(text, counter, route="/metrics", method="GET", status="200")


async def test_what_nobody_declared_is_counted_together(app: FastAPI, programs: Programs) -> None:
    for path in ("/nowhere", "/Amina", "/%00"):
        await programs["anna"].get(path)
    await programs["anna"].request("AMINA", "/cases")
    text = await scrape(app)
    assert value(
        text,
        "nahtlos_http_request_duration_seconds_count",
        route="other",
        method="GET",
        status="404",
    )
    assert "Amina" not in text
    assert "AMINA" not in text


async def test_what_is_open_is_counted(app: FastAPI, programs: Programs) -> None:
    anna, clara = programs["anna"], programs["clara"]
    for _ in range(2):
        await anna.refer(await anna.open_case())
    accepted = await anna.refer(await anna.open_case())
    await clara.act(accepted, "accept")
    cancelled = await anna.refer(await anna.open_case())
    await anna.act(cancelled, "cancel")
    late = await anna.refer(await anna.open_case("at-once"))
    await anna.read_when(f"/referrals/{late}", lambda found: found["gaps"])

    text = await scrape(app)
    assert value(text, "nahtlos_open_referrals", status="requested", party="receiver") == 3
    assert value(text, "nahtlos_open_referrals", status="accepted", party="receiver") == 1
    assert value(text, "nahtlos_open_referrals", status="cancelled", party="nobody") is None
    assert value(text, "nahtlos_open_gaps", kind="unanswered") == 1


async def test_what_waits_for_the_morning_is_not_late(app: FastAPI, programs: Programs) -> None:
    await programs["anna"].refer(await programs["anna"].open_case())
    assert value(await scrape(app), "nahtlos_mails_waiting") == 0


async def test_mails_that_wait_are_counted_and_their_age_told(
    app: FastAPI, programs: Programs, container: Container
) -> None:
    text = await scrape(app)
    assert value(text, "nahtlos_mails_waiting") == 0
    assert value(text, "nahtlos_mail_oldest_age_seconds") == 0
    for _ in range(2):
        await programs["anna"].refer(await programs["anna"].open_case())
    now = container.clock.now()
    async with container.database.transaction() as connection:
        await connection.execute(
            update(notifications).values(next_attempt_at=now - timedelta(hours=1))
        )
    text = await scrape(app)
    assert value(text, "nahtlos_mails_waiting") == 2
    assert 3600 <= (value(text, "nahtlos_mail_oldest_age_seconds") or 0) < 3660
    async with container.database.transaction() as connection:
        await connection.execute(update(notifications).values(sent_at=now))
    assert value(await scrape(app), "nahtlos_mails_waiting") == 0


async def test_mails_that_the_mail_server_would_not_take_are_counted(
    app: FastAPI, programs: Programs, container: Container
) -> None:
    for _ in range(3):
        await programs["anna"].refer(await programs["anna"].open_case())
    now = container.clock.now()
    async with container.database.transaction() as connection:
        await connection.execute(update(notifications).values(next_attempt_at=now))
        ids = list(await connection.scalars(select(notifications.c.id)))
        for mail_id, values in (
            (ids[0], {"last_error": "MailRefused"}),
            (ids[1], {"last_error": "MailRefused", "dropped_at": now}),
        ):
            await connection.execute(
                update(notifications).where(notifications.c.id == mail_id).values(values)
            )
    text = await scrape(app)
    assert value(text, "nahtlos_mails_refused") == 1
    assert value(text, "nahtlos_mails_never_sent") == 1


async def test_who_is_late_is_counted_and_what_the_ledger_owes_is_told(
    app: FastAPI, programs: Programs, container: Container
) -> None:
    anna = programs["anna"]
    late = await anna.refer(await anna.open_case("at-once"))
    await anna.read_when(f"/referrals/{late}", lambda found: found["gaps"])
    text = await scrape(app)
    assert value(text, "nahtlos_overdue_referrals", party="receiver") == 1
    assert value(text, "nahtlos_ledger_lag_seconds") == 0  # the gap stands in the ledger

    unnoticed = await anna.refer(await anna.open_case())
    now = container.clock.now()
    long_ago = now - timedelta(minutes=10)
    async with container.database.transaction() as connection:
        await connection.execute(
            update(referrals)
            .where(referrals.c.id == UUID(unnoticed))
            .values(clock_due_at=now - timedelta(minutes=5))
        )
        await connection.execute(
            update(workflow_states)
            .where(workflow_states.c.workflow_id == f"referral-{unnoticed}")
            .values(written_at=long_ago)
        )
    text = await scrape(app)
    assert value(text, "nahtlos_overdue_referrals", party="receiver") == 2
    assert 300 <= (value(text, "nahtlos_ledger_lag_seconds") or 0) < 330


async def test_a_case_that_is_not_opened_is_what_the_ledger_owes(
    app: FastAPI, programs: Programs, container: Container
) -> None:
    case_id = await programs["anna"].open_case()
    now = container.clock.now()
    async with container.database.transaction() as connection:
        await connection.execute(
            update(workflow_states)
            .where(workflow_states.c.workflow_id == f"case-{case_id}")
            .values(seq=0, written_at=now - timedelta(minutes=2))
        )
    text = await scrape(app)
    assert value(text, "nahtlos_drafts_waiting") == 1
    assert 120 <= (value(text, "nahtlos_draft_oldest_age_seconds") or 0) < 150
    assert 120 <= (value(text, "nahtlos_ledger_lag_seconds") or 0) < 150


async def test_however_often_it_is_asked_the_database_is_asked_every_few_seconds(
    app: FastAPI, programs: Programs
) -> None:
    anna = programs["anna"]
    await anna.refer(await anna.open_case())
    requested = {"status": "requested", "party": "receiver"}
    assert value(await scrape(app), "nahtlos_open_referrals", **requested) == 1
    await anna.refer(await anna.open_case())
    assert value(await read(app), "nahtlos_open_referrals", **requested) == 1
    assert value(await scrape(app), "nahtlos_open_referrals", **requested) == 2


async def test_no_ids_and_no_names(app: FastAPI, programs: Programs) -> None:
    anna, clara = programs["anna"], programs["clara"]
    case_id = await anna.open_case()
    referral_id = await anna.refer(case_id, note=NOTE)
    await clara.act(referral_id, "reject", reason="duplicate", note=NOTE)
    await anna.get("/referrals", params={"agency": "receiver"})
    await anna.get(f"/referrals/{referral_id}/nothing")
    text = await scrape(app)
    labels = [label for _, its, _ in samples(text) for label in its.values()]
    assert labels
    known = [case_id, referral_id, *(str(person.user_id) for person in EVERYBODY)]
    names = [str(member[key]) for member in FAMILY for key in ("given_name", "family_name")]
    for label in labels:
        assert not UUID_LIKE.search(label)
        assert not any(secret in label for secret in (*known, *names, "barracks", "receiver-"))
    assert not any(name in text for name in (*names, "Anna", "Clara", "Jobcenter"))


async def test_without_the_database_requests_are_still_told(
    app: FastAPI, container: Container
) -> None:
    nowhere = Database("postgresql://nobody:x@127.0.0.1:1/none?sslmode=disable")
    app.state.container = replace(container, database=nowhere)
    await scrape(app)
    text = await scrape(app)
    assert "nahtlos_http_request_duration_seconds_count" in text
    assert "nahtlos_open_referrals" not in text
