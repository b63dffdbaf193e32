"""Other ways in which the same things go wrong, and what is no fault at all."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import update

from service.doctor.database import DatabaseCheck
from service.doctor.disk import GIB, DiskCheck
from service.doctor.engine import EngineCheck
from service.doctor.examine import Answer, checks_for, examine
from service.doctor.mail import MailCheck
from service.doctor.ports import PortCheck
from service.doctor.results import Fault, NotAsked, Well
from service.doctor.stack import StackCheck
from service.doctor.subject import Subject
from service.doctor.version import VersionCheck
from service.notifications.tables import notifications
from service.stack.runfile import Process
from tests.doctor.conftest import answer_of, fault_of, is_well
from tests.doctor.test_ten_faults import CLOCK, Space
from tests.world import World

Elsewhere = Callable[..., Subject]


@pytest.fixture
async def silent() -> AsyncIterator[str]:
    """A server that takes connections and never answers."""

    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://u:secret@127.0.0.1:1/nahtlos", "does not answer at 127.0.0.1:1"),
        ("mysql://u:secret@127.0.0.1:1/nahtlos", "cannot be read"),
        ("postgresql://u:secret@[::1/nahtlos", "cannot be read"),
    ],
)
async def test_a_database_that_is_not_there(elsewhere: Elsewhere, url: str, says: str) -> None:
    fault = await fault_of(DatabaseCheck(elsewhere(database_url=url)))
    assert says in fault.says
    assert "secret" not in str(fault)


async def test_a_database_of_another_name(subject: Subject, elsewhere: Elsewhere) -> None:
    assert subject.settings.database_url
    url = subject.settings.database_url.get_secret_value()
    check = DatabaseCheck(elsewhere(database_url=f"{url}x"))
    assert "has no database of the name" in (await fault_of(check)).says


async def test_a_password_that_was_refused_when_the_stack_last_ran(stopped: Subject) -> None:
    log = stopped.data.logs / "postgresql.log"
    refused = 'LOG:  starting PostgreSQL\nFATAL:  password authentication failed for user "x"\n'
    log.write_text(refused)
    assert "refused the password" in (await fault_of(DatabaseCheck(stopped))).says
    log.write_text(f"{refused}LOG:  starting PostgreSQL\n")
    assert isinstance(await answer_of(DatabaseCheck(stopped)), NotAsked)


async def test_a_namespace_that_is_not_there(subject: Subject, elsewhere: Elsewhere) -> None:
    check = EngineCheck(
        elsewhere(
            temporal_address=subject.settings.temporal_address, temporal_namespace="not-there"
        )
    )
    fault = await fault_of(check)
    assert "has no namespace not-there" in fault.says
    assert "NAHTLOS_TEMPORAL_NAMESPACE" in fault.do


async def test_a_mail_server_that_is_not_there(elsewhere: Elsewhere) -> None:
    url = "smtp://u:secret@127.0.0.1:1"
    fault = await fault_of(MailCheck(elsewhere(smtp_url=url), CLOCK))
    assert "does not answer at 127.0.0.1:1" in fault.says
    assert "secret" not in str(fault)


async def test_a_mail_server_that_knows_no_such_user(elsewhere: Elsewhere) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(
        object(),
        hostname="127.0.0.1",
        port=port,
        authenticator=lambda *_: False,
        auth_require_tls=False,
    )
    server.start()
    try:
        url = f"smtp://u:secret@127.0.0.1:{port}"
        fault = await fault_of(MailCheck(elsewhere(smtp_url=url), CLOCK))
    finally:
        server.stop()
    assert "refuses our user name or password (code 535)" in fault.says


async def test_no_mail_server_named(elsewhere: Elsewhere) -> None:
    check = MailCheck(elsewhere(database_url="postgresql://127.0.0.1:1/x"), CLOCK)
    assert "NAHTLOS_SMTP_URL" in (await fault_of(check)).do


async def test_mails_that_the_server_would_not_take(working: World, subject: Subject) -> None:
    check = MailCheck(subject, CLOCK)
    await working.refer(await working.open_case())
    assert await is_well(check)
    async with working.container.database.transaction() as connection:
        await connection.execute(
            update(notifications).values(last_error="SMTPRecipientsRefused", attempts=1)
        )
    assert "has refused 1 of the mails that wait" in (await fault_of(check)).says


async def test_a_data_directory_of_a_newer_postgresql(stopped: Subject) -> None:
    stopped.data.cluster.mkdir()
    (stopped.data.cluster / "PG_VERSION").write_text("99\n")
    assert "made by PostgreSQL 99" in (await fault_of(VersionCheck(stopped))).says


@pytest.mark.parametrize(
    ("total", "free", "enough"),
    [(20, 1, True), (20, 0.9, False), (200, 3, False), (200, 5, True), (40_000, 11, True)],
)
async def test_how_much_room_is_enough(
    stopped: Subject, total: int, free: float, *, enough: bool
) -> None:
    check = DiskCheck(stopped, lambda _: Space(total * GIB, int(free * GIB)))
    assert await is_well(check) is enough


async def test_a_stopped_stack_is_no_fault(stopped: Subject) -> None:
    answers = await examine(checks_for(stopped, CLOCK))
    assert not [answer for answer in answers if isinstance(answer.result, Fault)]
    assert isinstance(answers[0].result, NotAsked)
    assert "`nahtlos up` starts it" in answers[0].result.says


async def test_a_program_of_the_stack_that_has_ended(subject: Subject) -> None:
    assert subject.run
    gone = {**subject.run.children, "worker": Process(pid=2**22, born=0)}
    run = subject.run.model_copy(update={"children": gone})
    broken = Subject(subject.settings, subject.data, 0, run)
    fault = await fault_of(StackCheck(broken))
    assert "these have ended: worker" in fault.says
    assert "worker.log" in fault.do


async def test_a_port_of_the_stack_in_other_hands(subject: Subject) -> None:
    """Our web server is not there, and another program has taken its place."""
    assert subject.run
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        children = {**subject.run.children, "web": Process(pid=1, born=0)}
        settings = {**subject.run.settings, "public_url": f"http://127.0.0.1:{port}"}
        run = subject.run.model_copy(update={"children": children, "settings": settings})
        fault = await fault_of(PortCheck(Subject(subject.settings, subject.data, 0, run)))
    assert f"Port {port} of web is taken by" in fault.says
    assert await is_well(PortCheck(subject))


async def test_everything_silent_is_told_in_time(elsewhere: Elsewhere, silent: str) -> None:
    subject = elsewhere(
        database_url=f"postgresql://u:secret@{silent}/x?sslmode=disable",
        temporal_address=silent,
        smtp_url=f"smtp://{silent}",
        public_url=f"http://{silent}",
    )
    async with asyncio.timeout(4):
        answers = {answer.check: answer for answer in await examine(checks_for(subject, CLOCK))}
    for check in ("database", "engine", "mail"):
        assert isinstance(answers[check].result, Fault), check
    for check in ("stack", "disk"):
        assert not isinstance(answers[check].result, Fault), check
    assert "secret" not in str(answers)


async def test_a_check_that_fails_itself_does_not_silence_the_others() -> None:
    class Broken:
        name = "broken"

        async def run(self) -> Well:
            raise RuntimeError("Amina")

    class Sound:
        name = "sound"

        async def run(self) -> Well:
            return Well("All is well.")

    broken, sound = await examine([Broken(), Sound()])
    assert "RuntimeError" in str(broken.result)
    assert "Amina" not in str(broken)
    assert sound == Answer("sound", Well("All is well."))
