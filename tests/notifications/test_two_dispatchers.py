"""Two dispatchers at one outbox, as with two workers, and a real mail server."""

import asyncio
import os
import signal
import sys
from collections import Counter
from dataclasses import dataclass, replace

import httpx
import pytest
from sqlalchemy import func, insert, select, update
from uuid_utils.compat import uuid7

from activities.mail import send_due_letters
from activities.ports import Letter
from service.database import Database
from service.notifications.dispatcher import dispatch_mail
from service.notifications.outbox import LEASE, PostgresOutbox
from service.notifications.tables import notifications
from tests.notifications.urgent import open_urgent_case
from tests.stack.conftest import RunningServers
from tests.world import World

MAILS = 50
PATIENCE = 60.0  # seconds


async def test_fifty_mails_go_out_once_each_by_two_dispatchers(
    working: World, servers: RunningServers
) -> None:
    waiting = await _fifty_wait(working)
    container = working.container
    url = container.settings.database_url
    assert url
    other = Database(url.get_secret_value())
    dispatchers = [
        asyncio.create_task(dispatch_mail(replace(container, database=database)))
        for database in (container.database, other)
    ]

    await _until_nothing_waits(working)
    for dispatcher in dispatchers:
        dispatcher.cancel()
    await asyncio.gather(*dispatchers, return_exceptions=True)
    await other.dispose()

    assert await _caught(servers, waiting) == dict.fromkeys(waiting, 1)


async def test_a_mail_of_a_dispatcher_that_was_killed_comes_again_under_the_same_id(
    working: World, servers: RunningServers
) -> None:
    await working.refer(await open_urgent_case(working))
    [message_id] = await _ids(working)
    settings = working.container.settings
    assert settings.database_url
    assert settings.smtp_url

    dying = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.notifications.dying_dispatcher"),
        env=os.environ
        | {
            "NAHTLOS_DATABASE_URL": settings.database_url.get_secret_value(),
            "NAHTLOS_TEMPORAL_ADDRESS": str(settings.temporal_address),
            "NAHTLOS_SMTP_URL": settings.smtp_url.get_secret_value(),
        },
    )
    assert await dying.wait() == -signal.SIGKILL
    assert await _caught(servers, [message_id]) == {message_id: 1}
    await _let_the_lease_pass(working)
    dispatcher = asyncio.create_task(dispatch_mail(working.container))
    await _until_nothing_waits(working)
    dispatcher.cancel()

    assert await _caught(servers, [message_id]) == {message_id: 2}


@dataclass
class SlowMailer:
    """A mail server that takes its time."""

    has_begun: asyncio.Event
    may_end: asyncio.Event

    async def send(self, letter: Letter) -> None:  # noqa: ARG002
        self.has_begun.set()
        await self.may_end.wait()


async def test_a_dispatcher_that_is_stopped_notes_the_mail_that_it_is_sending(
    working: World,
) -> None:
    await _fifty_wait(working)
    outbox = PostgresOutbox(working.container.database)
    mailer = SlowMailer(asyncio.Event(), asyncio.Event())
    work = asyncio.create_task(send_due_letters(outbox, mailer, working.container.clock.now))
    await mailer.has_begun.wait()

    work.cancel()
    mailer.may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await work

    assert await _number_waiting(working) == MAILS - 1


async def _fifty_wait(world: World) -> list[str]:
    """Have the outbox hold fifty mails about one referral; return their Message-IDs."""
    await world.refer(await open_urgent_case(world))
    async with world.container.database.transaction() as connection:
        [first] = (await connection.execute(select(notifications))).mappings()
        more = []
        for number in range(1, MAILS):
            new_id = uuid7()
            own = {"id": new_id, "unique_key": f"copy {number}"}
            more.append({**first, **own, "message_id": f"<{new_id}@nahtlos.invalid>"})
        await connection.execute(insert(notifications), more)
    return await _ids(world)


async def _ids(world: World) -> list[str]:
    async with world.container.database.transaction() as connection:
        return [*await connection.scalars(select(notifications.c.message_id))]


async def _number_waiting(world: World) -> int:
    query = select(func.count()).where(notifications.c.sent_at.is_(None))
    async with world.container.database.transaction() as connection:
        number: int = (await connection.execute(query)).scalar_one()
        return number


async def _until_nothing_waits(world: World) -> None:
    async with asyncio.timeout(PATIENCE):
        while await _number_waiting(world):  # noqa: ASYNC110 - other processes change it
            await asyncio.sleep(0.05)


async def _let_the_lease_pass(world: World) -> None:
    async with world.container.database.transaction() as connection:
        await connection.execute(
            update(notifications).values(next_attempt_at=notifications.c.next_attempt_at - LEASE)
        )


async def _caught(servers: RunningServers, message_ids: list[str]) -> dict[str, int]:
    """How often the mail server has each of these mails."""
    async with httpx.AsyncClient() as client:
        messages = (await client.get(f"{servers.run_file.mail_page}/messages.json")).json()
    return dict(Counter(m["message_id"] for m in messages if m["message_id"] in message_ids))
