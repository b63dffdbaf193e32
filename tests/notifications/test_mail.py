"""Mail on its way: from the event's own transaction to a real mail server."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select, update
from uuid_utils.compat import uuid7

from activities.mail import LONGEST_RETRY, pause_after, send_due_letters
from activities.ports import Letter, MailRefused
from service.notifications.outbox import LEASE, PostgresOutbox
from service.notifications.smtp import SmtpMailer
from service.notifications.tables import notifications
from service.settings import Settings
from service.stack.ports import HOST, Ports
from service.web.i18n import load_translators
from service.web.places import TEMPLATES, TRANSLATIONS
from service.web.templates import environment
from tests import cast
from tests.notifications.urgent import open_urgent_case
from tests.stack.conftest import RunningServers
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.notices import NoticeKind
from workflows.domain.undoing import UNDO_WINDOW


class Postbox:
    """A mailer that keeps what it is given, or fails as it is told."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.letters: list[Letter] = []

    async def send(self, letter: Letter) -> None:
        if self.error:
            raise self.error
        self.letters.append(letter)


@pytest.fixture
def outbox(working: World) -> PostgresOutbox:
    """The outbox of the cast's world."""
    return PostgresOutbox(working.container.database)


async def test_a_request_is_mailed_to_the_agencys_queue_once(
    working: World, outbox: PostgresOutbox
) -> None:
    await working.refer(await open_urgent_case(working))
    postbox, now = Postbox(), working.container.clock.now()

    assert await send_due_letters(outbox, postbox, lambda: now) == 1
    assert await send_due_letters(outbox, postbox, lambda: now + 2 * LEASE) == 0

    assert [(one.kind, one.to_address) for one in postbox.letters] == [
        (NoticeKind.REQUEST, "receiver@example.org")
    ]


async def test_what_can_still_be_taken_back_is_not_mailed_yet(
    working: World, outbox: PostgresOutbox
) -> None:
    referral_id = await working.refer(await working.open_case())
    postbox, now = Postbox(), working.container.clock.now()
    assert await send_due_letters(outbox, postbox, lambda: now) == 0

    await working.act(referral_id, Action.UNDO, actor=cast.ANNA)

    assert await send_due_letters(outbox, postbox, lambda: now + UNDO_WINDOW) == 0
    assert postbox.letters == []


async def test_what_cannot_be_taken_back_any_more_is_mailed(
    working: World, outbox: PostgresOutbox
) -> None:
    await working.refer(await working.open_case())
    postbox, later = Postbox(), working.container.clock.now() + UNDO_WINDOW

    assert await send_due_letters(outbox, postbox, lambda: later) == 1


async def test_a_mail_about_a_clock_that_has_stopped_is_dropped(
    working: World, outbox: PostgresOutbox
) -> None:
    referral_id = await working.refer(await open_urgent_case(working))
    await working.act(referral_id, Action.NUDGE, actor=cast.ANNA)
    await working.act(referral_id, Action.ACCEPT)
    postbox = Postbox()

    assert await send_due_letters(outbox, postbox, working.container.clock.now) == 0

    assert postbox.letters == []


async def test_a_rejection_is_mailed_to_the_case_manager(
    working: World, outbox: PostgresOutbox
) -> None:
    referral_id = await working.refer(await open_urgent_case(working))
    await working.act(referral_id, Action.REJECT, reason="no-capacity")
    postbox = Postbox()

    await send_due_letters(outbox, postbox, working.container.clock.now)

    assert [(one.kind, one.to_address) for one in postbox.letters] == [
        (NoticeKind.REJECTED, "anna@example.org")
    ]


@pytest.mark.parametrize("error", [ConnectionRefusedError(), MailRefused("450")])
async def test_a_mail_that_was_not_taken_is_sent_later_under_the_same_id(
    working: World, outbox: PostgresOutbox, error: Exception
) -> None:
    await working.refer(await open_urgent_case(working))
    now = working.container.clock.now()
    assert await send_due_letters(outbox, Postbox(error), lambda: now) == 0
    first_id = await _message_id(working)

    postbox = Postbox()
    assert await send_due_letters(outbox, postbox, lambda: now) == 0
    assert await send_due_letters(outbox, postbox, lambda: now + timedelta(minutes=1)) == 1

    assert [one.message_id for one in postbox.letters] == [first_id]


async def test_a_mail_that_a_dead_worker_had_taken_is_sent_by_another_one(
    working: World, outbox: PostgresOutbox
) -> None:
    await working.refer(await open_urgent_case(working))
    now = working.container.clock.now()
    assert await outbox.next_letter(now)

    assert await outbox.next_letter(now) is None
    assert await outbox.next_letter(now + LEASE + timedelta(seconds=1))


async def test_two_workers_never_take_the_same_mail(working: World, outbox: PostgresOutbox) -> None:
    case_id = await open_urgent_case(working)
    await working.refer(case_id)
    await working.refer(case_id, "school", "silent-agency")
    now = working.container.clock.now()

    taken = await asyncio.gather(*(outbox.next_letter(now) for _ in range(10)))

    assert len([letter for letter in taken if letter]) == 1


def test_pauses_grow_up_to_a_limit() -> None:
    pauses = [pause_after(_letter(attempts)) for attempts in range(40)]

    assert pauses[0] < pauses[1] < pauses[2]
    assert pauses[-1] == LONGEST_RETRY


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_kind_of_mail_names_nobody_and_links_into_the_portal(
    working: World, settings: Settings, servers: RunningServers, kind: NoticeKind, language: str
) -> None:
    referral_id = await working.refer(
        await open_urgent_case(working, family_name="Unverwechselbar"), note="Geheimnotiz"
    )
    async with working.container.database.transaction() as connection:
        await connection.execute(update(notifications).values(kind=kind))
    outbox = PostgresOutbox(working.container.database)
    letter = await outbox.next_letter(working.container.clock.now())
    assert letter
    assert settings.smtp_url
    environments = {
        code: environment(TEMPLATES, t) for code, t in load_translators(TRANSLATIONS).items()
    }
    mailer = SmtpMailer(settings, settings.smtp_url.get_secret_value(), environments)

    await mailer.send(letter.model_copy(update={"language": language}))

    async with httpx.AsyncClient() as client:
        page = servers.run_file.mail_page
        messages = (await client.get(f"{page}/messages.json")).json()
    [mail] = [one for one in messages if one["message_id"] == letter.message_id]
    assert f"/referrals/{referral_id}" in mail["body"]
    assert "Unverwechselbar" not in str(mail)
    assert "Geheimnotiz" not in str(mail)
    assert "%(" not in mail["body"]


async def _message_id(world: World) -> str:
    async with world.container.database.transaction() as connection:
        found: str = (await connection.execute(select(notifications.c.message_id))).scalar_one()
        return found


def _letter(attempts: int) -> Letter:
    return Letter(
        notification_id=uuid7(),
        message_id="<1@nahtlos.invalid>",
        kind=NoticeKind.NUDGE,
        language="de",
        to_address="receiver@example.org",
        referral_id=uuid7(),
        due_at=None,
        attempts=attempts,
    )


class _Thorough:
    """A mail server that looks at every letter for a while before it takes it."""

    def __init__(self) -> None:
        self.taken = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002 - aiosmtpd's name
        await asyncio.sleep(1.5)
        self.taken += 1
        return "250 OK"


async def test_a_server_that_looks_at_letters_for_long_gets_each_once(
    working: World, outbox: PostgresOutbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.notifications.smtp.SECONDS_TO_CONNECT", 0.5)
    await working.refer(await open_urgent_case(working))
    thorough, now = _Thorough(), working.container.clock.now()
    port = Ports(tmp_path / "ports.json").of("smtp")
    server = Controller(thorough, hostname=HOST, port=port)
    server.start()
    try:
        settings = working.container.settings
        environments = {"de": environment(TEMPLATES, load_translators(TRANSLATIONS)["de"])}
        mailer = SmtpMailer(settings, f"smtp://{HOST}:{port}", environments)
        assert await send_due_letters(outbox, mailer, lambda: now) == 1
    finally:
        server.stop()
    assert thorough.taken == 1
