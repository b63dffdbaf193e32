"""Backup while people work, everything deleted, restore: what was confirmed goes on."""

import asyncio
import shutil
import stat
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select

from service.accounts.service import create_token
from service.accounts.tables import sessions, users
from service.bootstrap import Container, container_for
from service.gaps.tables import gaps
from service.notifications.tables import notifications
from service.pathways import repository as pathways
from service.stack.runfile import settings_for
from service.startdata.load import load_directory, load_people
from tests.operations.office import Office, pathway
from tests.story.nahtlos import RunningNahtlos
from workflows.domain.principal import Principal

REMINDER_IN_BETWEEN = pathway("reminder-in-between", respond="PT1H", remind_before="PT59M56S")
OVERDUE_IN_BETWEEN = pathway("overdue-in-between", respond="PT5S", remind_before="PT4.5S")
IN_BETWEEN = 5.0  # seconds
DESKS = 3
BEFORE = 20
"""So many acts are confirmed before the backup begins."""


@pytest.fixture
def nahtlos(tmp_path: Path) -> Iterator[RunningNahtlos]:
    """A Nahtlos of this test's own, in a folder with a name such as people give."""
    running = RunningNahtlos(tmp_path / "Ämter im Kreis" / "data", "--no-demo")
    running.data.parent.mkdir()
    try:
        running.start()
        yield running
    finally:
        running.stop()


@asynccontextmanager
async def container_of(nahtlos: RunningNahtlos) -> AsyncIterator[Container]:
    async with container_for(settings_for(nahtlos.data)) as container:
        yield container


async def prepare(nahtlos: RunningNahtlos) -> Office:
    """Enter agencies, people and pathways; let somebody be signed in, and two programs work."""
    async with container_of(nahtlos) as container:
        await load_directory(container)
        await load_people(container)
        now = container.clock.now()
        async with container.database.transaction() as connection:
            new = [pathway("everyday"), REMINDER_IN_BETWEEN, OVERDUE_IN_BETWEEN]
            await pathways.publish(connection, Principal.system(), new, now)
            anna = await connection.scalar(select(users.c.id).where(users.c.name == "anna"))
            session = {"token_hash": b"x" * 32, "user_id": anna, "csrf_token": "x"}
            times = {"created_at": now, "last_seen_at": now, "expires_at": now + timedelta(hours=1)}
            await connection.execute(insert(sessions).values(session | times))
        tokens = {
            user: await create_token(container.database, Principal.system(), now, user)
            for user in ("anna", "jonas")
        }
    return Office(nahtlos, tokens)


async def test_what_was_confirmed_before_the_backup_is_there_and_goes_on(
    nahtlos: RunningNahtlos, tmp_path: Path
) -> None:
    office = await prepare(nahtlos)
    stop = asyncio.Event()
    desks = [asyncio.create_task(office.work_until(stop)) for _ in range(DESKS)]
    await office.until_confirmed(BEFORE)
    overdue = await office.refer(await office.open_case("overdue-in-between"))
    await office.until_actions(overdue, "request", "remind")
    reminded = await office.refer(await office.open_case("reminder-in-between"))
    sent_at = time.monotonic()

    backup = tmp_path / "Sicherung vom Montag.nahtlos"
    began_at = time.monotonic()
    printed = await asyncio.to_thread(nahtlos.command, "backup", str(backup))
    ended_at = time.monotonic()
    await asyncio.sleep(0.2)
    stop.set()
    await asyncio.gather(*desks)
    await asyncio.to_thread(nahtlos.stop)
    shutil.rmtree(nahtlos.data)

    assert printed == f"{backup}\n"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert any(began_at < act.at < ended_at for act in office.confirmed), "nobody worked meanwhile"

    restored = await asyncio.to_thread(nahtlos.command, "restore", str(backup))
    assert restored.count("\n") == 1
    assert f"start it with `nahtlos up --data {nahtlos.data}`" in restored
    await asyncio.to_thread(nahtlos.start)
    assert time.monotonic() - sent_at > IN_BETWEEN, "both moments have passed in between"

    before = [act for act in office.confirmed if act.at < began_at]
    assert len(before) >= BEFORE
    for act in before:
        repeated = await office.post(act.user, act.path, act.body, act.key)
        assert repeated["id"] == act.answer["id"]
        events = repeated.get("events", [])
        assert act.answer.get("events", []) == events[: len(act.answer.get("events", []))]
    await asyncio.sleep(1)  # time for whatever would fire a second time
    await office.until_actions(overdue, "request", "remind", "overdue")
    await office.until_actions(reminded, "request", "remind")
    await assert_each_was_told_once(nahtlos, overdue, reminded)

    for referral_id in (overdue, reminded):
        await office.answer(referral_id)
        await office.refer(await case_of(office, referral_id), "second")


async def case_of(office: Office, referral_id: str) -> str:
    """Return the case of a referral, once the next step is due."""
    case_id = str((await office.read(f"/referrals/{referral_id}"))["case_id"])
    for _ in range(100):
        case = await office.read(f"/cases/{case_id}")
        steps = {step["key"]: step["status"] for path in case["paths"] for step in path["steps"]}
        if steps == {"first": "done", "second": "due"}:
            return case_id
        await asyncio.sleep(0.1)
    raise AssertionError(f"the steps stay {steps}")


async def assert_each_was_told_once(nahtlos: RunningNahtlos, overdue: str, reminded: str) -> None:
    """Every mail once; one gap; and nobody is signed in any more."""
    both = [UUID(overdue), UUID(reminded)]
    mails = select(notifications.c.referral_id, notifications.c.kind)
    found = select(gaps.c.referral_id, gaps.c.kind).where(gaps.c.referral_id.in_(both))
    async with container_of(nahtlos) as container, container.database.transaction() as connection:
        rows = await connection.execute(mails.where(notifications.c.referral_id.in_(both)))
        kinds = Counter((str(row.referral_id), row.kind) for row in rows)
        opened = [(str(row.referral_id), row.kind) for row in await connection.execute(found)]
        signed_in = await connection.scalar(select(func.count()).select_from(sessions))
    assert kinds[reminded, "reminder"] == 1
    assert kinds[overdue, "reminder"] == 1
    assert kinds[overdue, "overdue"] == 1
    assert opened == [(overdue, "unanswered")]
    assert signed_in == 0
