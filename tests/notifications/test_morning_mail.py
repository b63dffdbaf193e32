"""The morning's mail: one for each recipient, of what still waits then."""

from datetime import datetime, timedelta

import pytest

from activities.mail import send_due_letters
from activities.ports import Letter, MailRefused
from service.notifications.outbox import LEASE, PostgresOutbox
from service.notifications.smtp import mailer_for
from service.settings import Settings
from tests import cast
from tests.notifications.test_mail import Postbox
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.digest import digest_after, digest_at_or_after
from workflows.domain.undoing import UNDO_WINDOW


@pytest.fixture
def outbox(working: World) -> PostgresOutbox:
    """The outbox of the cast's world."""
    return PostgresOutbox(working.container.database)


@pytest.fixture
def morning(working: World) -> datetime:
    """The next morning at which what happens now is mailed."""
    return digest_at_or_after(working.container.clock.now() + UNDO_WINDOW + timedelta(minutes=1))


async def test_everything_for_one_recipient_comes_in_one_mail(
    working: World, outbox: PostgresOutbox, morning: datetime
) -> None:
    for _ in range(3):
        await working.refer(await working.open_case())
    rejected = await working.refer(await working.open_case())
    await working.act(rejected, Action.REJECT, reason="no-capacity")
    postbox = Postbox()

    assert await send_due_letters(outbox, postbox, lambda: morning) == 2

    assert sorted(postbox.seen()) == [
        ("rejected", "anna@example.org"),
        *[("request", "receiver@example.org")] * 3,
    ]


async def test_nothing_comes_before_the_morning(
    working: World, outbox: PostgresOutbox, morning: datetime
) -> None:
    await working.refer(await working.open_case())
    postbox = Postbox()

    assert await send_due_letters(outbox, postbox, lambda: morning - timedelta(seconds=1)) == 0
    assert await send_due_letters(outbox, postbox, lambda: morning) == 1
    assert await send_due_letters(outbox, postbox, lambda: morning + 2 * LEASE) == 0


async def test_what_was_answered_meanwhile_is_left_out(
    working: World, outbox: PostgresOutbox, morning: datetime
) -> None:
    answered = await working.refer(await working.open_case())
    waiting = await working.refer(await working.open_case())
    await working.act(answered, Action.ACCEPT)
    postbox = Postbox()

    await send_due_letters(outbox, postbox, lambda: morning)

    [letter] = postbox.letters
    assert [matter.referral_id for matter in letter.matters] == [waiting]


async def test_a_mail_of_which_nothing_holds_is_not_sent(
    working: World, outbox: PostgresOutbox, morning: datetime
) -> None:
    answered = await working.refer(await working.open_case())
    await working.act(answered, Action.ACCEPT)
    postbox = Postbox()

    assert await send_due_letters(outbox, postbox, lambda: morning) == 0
    assert postbox.letters == []


async def test_a_mail_that_was_not_taken_is_looked_through_again_and_keeps_its_id(
    working: World, outbox: PostgresOutbox, morning: datetime
) -> None:
    answered = await working.refer(await working.open_case())
    waiting = await working.refer(await working.open_case())
    refused: list[Letter] = []

    class Full:
        async def send(self, letter: Letter) -> None:
            refused.append(letter)
            raise MailRefused("450")

    assert await send_due_letters(outbox, Full(), lambda: morning) == 0
    await working.act(answered, Action.ACCEPT)
    postbox, later = Postbox(), morning + timedelta(minutes=1)
    assert await send_due_letters(outbox, postbox, lambda: later) == 1

    [first], [second] = refused, postbox.letters
    assert first.message_id == second.message_id
    assert {matter.referral_id for matter in first.matters} == {answered, waiting}
    assert [matter.referral_id for matter in second.matters] == [waiting]


async def test_what_comes_after_todays_mail_waits_for_the_next_morning(
    working: World, outbox: PostgresOutbox, morning: datetime
) -> None:
    await working.refer(await working.open_case())
    assert await send_due_letters(outbox, Postbox(), lambda: morning) == 1
    late = await working.refer(await working.open_case())
    postbox = Postbox()

    assert await send_due_letters(outbox, postbox, lambda: morning) == 0
    assert await send_due_letters(outbox, postbox, lambda: digest_after(morning)) == 1

    assert [matter.referral_id for matter in postbox.letters[0].matters] == [late]


async def test_of_one_request_only_the_latest_news_is_told(
    working: World, outbox: PostgresOutbox, morning: datetime
) -> None:
    referral_id = await working.refer(await working.open_case())
    await working.act(referral_id, Action.ACCEPT)
    await working.act(referral_id, Action.ASK, note="Which school?")
    await working.act(referral_id, Action.ANSWER, actor=cast.ANNA, note="The one in the town")
    await working.act(referral_id, Action.ASK, note="Since when?")
    postbox = Postbox()

    await send_due_letters(outbox, postbox, lambda: morning)

    assert postbox.seen() == [("question", "anna@example.org")]


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("de", "2 Vorgänge heute Morgen", "1. Eine neue Anfrage wartet auf Ihre Stelle"),
        ("en", "2 matters this morning", "1. A new request is waiting for your agency"),
    ],
)
async def test_it_names_nobody_and_links_to_each_matter(
    working: World,
    outbox: PostgresOutbox,
    morning: datetime,
    settings: Settings,
    language: str,
    subject: str,
    line: str,
) -> None:
    ids = [
        await working.refer(await working.open_case(family_name="Unverwechselbar"))
        for _ in range(2)
    ]
    letter = await outbox.next_letter(morning)
    assert letter

    mail = mailer_for(settings, "smtp://127.0.0.1").written(
        letter.model_copy(update={"language": language})
    )

    body = mail.get_content()
    assert mail["subject"] == subject
    assert line in body
    assert all(f"/referrals/{referral_id}\n" in body for referral_id in ids)
    assert "Unverwechselbar" not in str(mail)
