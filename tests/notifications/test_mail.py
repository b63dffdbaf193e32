"""Mail on its way: from the event's own transaction to a real mail server."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from icalendar import Calendar, Event
from sqlalchemy import select
from uuid_utils.compat import uuid7

from activities.mail import LONGEST_RETRY, pause_after, send_due_letters
from activities.ports import Letter, MailRefused
from service.notifications.outbox import LEASE, PostgresOutbox
from service.notifications.smtp import mailer_for
from service.notifications.tables import notifications
from service.notifications.words import SUBJECTS
from service.settings import Settings
from service.stack.ports import HOST, Ports
from tests import cast
from tests.notifications.urgent import open_urgent_case
from tests.stack.conftest import RunningServers
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.notices import NoticeKind
from workflows.domain.undoing import UNDO_WINDOW

APPOINTMENT = datetime.now(UTC).replace(microsecond=0) + timedelta(days=20)


class Postbox:
    """A mailer that keeps what it is given, or fails as it is told."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.letters: list[Letter] = []

    async def send(self, letter: Letter) -> None:
        if self.error:
            raise self.error
        self.letters.append(letter)

    def seen(self) -> list[tuple[str, str]]:
        """Return what each letter was about, and whom it went to."""
        return [
            (matter.about, letter.to_address)
            for letter in self.letters
            for matter in letter.matters
        ]


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

    assert postbox.seen() == [("request", "receiver@example.org")]


async def test_what_can_still_be_taken_back_is_not_mailed_yet(
    working: World, outbox: PostgresOutbox
) -> None:
    referral_id = await _with_an_appointment(working)
    postbox, now = Postbox(), working.container.clock.now()
    assert await send_due_letters(outbox, postbox, lambda: now) == 0

    await working.act(referral_id, Action.UNDO)

    assert await send_due_letters(outbox, postbox, lambda: now + UNDO_WINDOW) == 0
    assert postbox.letters == []


async def test_an_appointment_is_mailed_with_a_calendar_file_once_it_cannot_be_taken_back(
    working: World, outbox: PostgresOutbox, settings: Settings
) -> None:
    referral_id = await _with_an_appointment(working)
    later = working.container.clock.now() + UNDO_WINDOW

    letter = await outbox.next_letter(later)

    assert letter
    event = _event_in(settings, letter)
    assert event.uid == f"appointment-{referral_id}"
    assert event.start == APPOINTMENT
    assert event.summary == "Termin: Jobcenter Paderborn"
    assert str(event.url).endswith(f"/referrals/{referral_id}")
    assert "Arabisch" in str(event.description)
    assert "Haddad" not in event.to_ical().decode()


async def test_a_later_appointment_takes_the_place_of_the_earlier_one_in_the_calendar(
    working: World, outbox: PostgresOutbox, settings: Settings
) -> None:
    referral_id = await _with_an_appointment(working)
    first = await outbox.next_letter(working.container.clock.now() + UNDO_WINDOW)
    again = {"at": (APPOINTMENT + timedelta(days=1)).isoformat()}
    await working.act(referral_id, Action.APPOINT, appointment=again)
    second = await outbox.next_letter(working.container.clock.now() + UNDO_WINDOW)

    assert first
    assert second
    before, after = _event_in(settings, first), _event_in(settings, second)
    assert before.uid == after.uid
    assert before.sequence is not None
    assert after.sequence is not None
    assert before.sequence < after.sequence


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

    assert postbox.seen() == [("rejected", "anna@example.org")]


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


@pytest.mark.parametrize("kind", sorted(kind for kind in SUBJECTS if kind in set(NoticeKind)))
@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_kind_of_mail_names_nobody_and_links_into_the_portal(
    working: World, settings: Settings, servers: RunningServers, kind: str, language: str
) -> None:
    referral_id = await working.refer(
        await open_urgent_case(working, family_name="Unverwechselbar"), note="Geheimnotiz"
    )
    outbox = PostgresOutbox(working.container.database)
    letter = await outbox.next_letter(working.container.clock.now())
    assert letter
    [matter] = letter.matters
    changes = {"language": language, "matters": (matter.model_copy(update={"about": kind}),)}
    assert settings.smtp_url
    mailer = mailer_for(settings, settings.smtp_url.get_secret_value())

    await mailer.send(letter.model_copy(update=changes))

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
        language="de",
        to_address="receiver@example.org",
        attempts=attempts,
        is_digest=False,
        matters=(),
    )


async def _with_an_appointment(world: World) -> UUID:
    """Have Clara offer an appointment to which an interpreter is needed."""
    referral_id = await world.refer(await world.open_case())
    await world.act(referral_id, Action.ACCEPT)
    appointment = {"at": APPOINTMENT.isoformat(), "interpreter": "ar"}
    await world.act(referral_id, Action.APPOINT, appointment=appointment)
    return referral_id


def _event_in(settings: Settings, letter: Letter) -> Event:
    """Return the event in the calendar file that is attached to the mail."""
    mail = mailer_for(settings, "smtp://127.0.0.1").written(letter)
    [attachment] = mail.iter_attachments()
    assert attachment.get_content_type() == "text/calendar"
    content = attachment.get_payload(decode=True)
    assert isinstance(content, bytes)
    [event] = Calendar.from_ical(content).events
    return event


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
        mailer = mailer_for(working.container.settings, f"smtp://{HOST}:{port}")
        assert await send_due_letters(outbox, mailer, lambda: now) == 1
    finally:
        server.stop()
    assert thorough.taken == 1
