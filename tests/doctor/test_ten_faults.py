"""Ten faults, planted for real, and what the doctor says of each."""

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue
from uuid_utils.compat import uuid7

from service.clock import SystemClock
from service.doctor.database import DatabaseCheck
from service.doctor.disk import GIB, DiskCheck
from service.doctor.engine import EngineCheck
from service.doctor.histories import HistoriesCheck
from service.doctor.mail import MailCheck
from service.doctor.ports import PortCheck
from service.doctor.results import NotAsked
from service.doctor.subject import Subject
from service.doctor.tables import TablesCheck
from service.doctor.time import TimeCheck
from service.doctor.version import VersionCheck
from service.doctor.worker import WorkerCheck
from service.engine.client import connect
from service.schema import known_revisions
from service.stack.identity import SCHEMA, Identities
from tests.doctor.conftest import NewDatabase, answer_of, fault_of, is_well

Elsewhere = Callable[..., Subject]
CLOCK = SystemClock()


class Space(NamedTuple):
    """Room on a disk, in bytes."""

    total: int
    free: int


async def test_port_taken(stopped: Subject) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        check = PortCheck(Subject(stopped.settings, stopped.data, port))
        fault = await fault_of(check)
    assert f"Port {port} is taken by" in fault.says
    assert f"(process {os.getpid()})" in fault.says
    assert "--port" in fault.do
    assert await is_well(check)


async def test_wrong_password(subject: Subject, elsewhere: Elsewhere) -> None:
    assert subject.settings.database_url
    url = urlsplit(subject.settings.database_url.get_secret_value())
    wrong = url._replace(netloc=f"{url.username}:not-this-one@{url.hostname}:{url.port}").geturl()
    fault = await fault_of(DatabaseCheck(elsewhere(database_url=wrong)))
    assert f"refuses the password of the role {url.username}" in fault.says
    assert "NAHTLOS_DATABASE_URL" in fault.do
    assert "not-this-one" not in str(fault)
    assert await is_well(DatabaseCheck(subject))


@pytest.mark.parametrize("revision", [None, "0001"])
async def test_migration_missing(
    elsewhere: Elsewhere, new_database: NewDatabase, revision: str | None
) -> None:
    subject = elsewhere(database_url=await new_database(revision))
    fault = await fault_of(TablesCheck(subject))
    assert "tables" in fault.says
    assert "nahtlos migrate" in fault.do
    newest = elsewhere(database_url=await new_database(known_revisions()[0]))
    assert await is_well(TablesCheck(newest))


async def test_no_worker(subject: Subject) -> None:
    queue = f"doctor-{uuid7()}"
    check = WorkerCheck(subject, CLOCK, queue)
    assert "No worker" in (await fault_of(check)).says
    program = (
        "import asyncio, sys\n"
        "from temporalio.client import Client\n"
        "from temporalio.worker import Worker\n"
        "from service.worker import CaseWorkflow, workflow_runner\n"
        "async def work():\n"
        "    client = await Client.connect(sys.argv[1])\n"
        "    await Worker(client, task_queue=sys.argv[2], workflows=[CaseWorkflow],\n"
        "                 workflow_runner=workflow_runner()).run()\n"
        "asyncio.run(work())\n"
    )
    address = str(subject.settings.temporal_address)
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", program, address, queue)
    try:
        while not await is_well(check):
            assert worker.returncode is None
    finally:
        worker.kill()
        await worker.wait()
    # The engine believes in it for another minute and more.
    assert "nahtlos worker" in (await fault_of(check)).do


class Refusing:
    """A mail server that does not take our sender."""

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, _envelope: Envelope, _sender: str, _options: object
    ) -> str:
        return "550 not from you"


@pytest.mark.usefixtures("database")
async def test_smtp_refusing(subject: Subject, elsewhere: Elsewhere) -> None:
    server = Controller(Refusing(), hostname="127.0.0.1", port=_free_port())
    server.start()
    try:
        url = f"smtp://127.0.0.1:{server.port}"
        fault = await fault_of(MailCheck(elsewhere(smtp_url=url), CLOCK))
    finally:
        server.stop()
    assert "refuses our sender nahtlos@localhost (code 550)" in fault.says
    assert "NAHTLOS_MAIL_FROM" in fault.do
    assert await is_well(MailCheck(subject, CLOCK))


async def test_disk_nearly_full(subject: Subject) -> None:
    fault = await fault_of(DiskCheck(subject, lambda _: Space(100 * GIB, GIB // 2)))
    assert "nearly full: 0.5 GiB of 100 GiB are free" in fault.says
    assert await is_well(DiskCheck(subject, lambda _: Space(100 * GIB, 50 * GIB)))


@pytest.mark.parametrize(
    ("minutes", "direction"), [(7, "7 min 0 s ahead of"), (-7, "7 min 0 s behind")]
)
async def test_clock_off(subject: Subject, minutes: int, direction: str) -> None:
    class Wrong:
        def now(self) -> datetime:
            return CLOCK.now() + timedelta(minutes=minutes)

    fault = await fault_of(TimeCheck(subject, Wrong()))
    assert f"clock is {direction} the database's clock" in fault.says
    assert "NTP" in fault.do
    assert await is_well(TimeCheck(subject, CLOCK))


async def test_temporal_unreachable(subject: Subject, elsewhere: Elsewhere) -> None:
    fault = await fault_of(EngineCheck(elsewhere(temporal_address="127.0.0.1:1")))
    assert "Temporal does not answer at 127.0.0.1:1" in fault.says
    assert "NAHTLOS_TEMPORAL_ADDRESS" in fault.do
    assert await is_well(EngineCheck(subject))


async def test_codec_key_missing(subject: Subject) -> None:
    queue = f"doctor-{uuid7()}"
    check = HistoriesCheck(subject, queue)
    client = await connect(subject.settings, lazily=False)

    query = f"TaskQueue = '{queue}'"

    async def start(encoding: bytes, number: int) -> None:
        payload = Payload(metadata={"encoding": encoding}, data=b"{}")
        await client.start_workflow("Any", RawValue(payload), id=str(uuid7()), task_queue=queue)
        async with asyncio.timeout(5):  # lists of workflows lag behind a little
            while (await client.count_workflows(query)).count < number:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)

    await start(b"json/plain", 1)
    assert await is_well(check)
    await start(b"binary/encrypted", 2)
    fault = await fault_of(check)
    assert "encoding binary/encrypted" in fault.says
    assert "NAHTLOS_CODEC_KEY" in fault.do


async def test_data_directory_of_a_newer_version(
    elsewhere: Elsewhere, new_database: NewDatabase, stopped: Subject
) -> None:
    newer = elsewhere(database_url=await new_database("9999"))
    fault = await fault_of(VersionCheck(newer))
    assert "made by a newer version (revision 9999)" in fault.says
    assert "Install that version" in fault.do
    # While the stack is stopped, the data directory remembers.
    assert isinstance(await answer_of(VersionCheck(stopped)), NotAsked)
    Identities(stopped.data.identities).remember(SCHEMA, "9999")
    assert await fault_of(VersionCheck(stopped)) == fault


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
