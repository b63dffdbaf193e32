"""Sending what waits in the outbox. A letter is looked at again right before it goes out."""

from collections.abc import Callable
from datetime import datetime, timedelta

from activities.ports import Letter, Mailer, MailRefused, Outbox
from activities.unbroken import unbroken

FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=15)


async def send_due_letters(outbox: Outbox, mailer: Mailer, now: Callable[[], datetime]) -> int:
    """Send every letter that is due and return how many went out. ``now`` tells the time (UTC).

    A letter that the mail server does not take is tried again later, for as long as its reason
    holds; the others are not held up by it.
    """
    sent = 0
    # A letter that was handed over is noted, even if we are to stop at that moment.
    while (gone := await unbroken(_send_next(outbox, mailer, now))) is not None:
        sent += gone
    return sent


async def _send_next(outbox: Outbox, mailer: Mailer, now: Callable[[], datetime]) -> bool | None:
    """Send one letter; None: no one is due. False: the mail server did not take it."""
    letter = await outbox.next_letter(now())
    if letter is None:
        return None
    try:
        await mailer.send(letter)
    except (OSError, MailRefused) as error:
        await outbox.postpone(letter, now() + pause_after(letter), type(error).__name__)
        return False
    await outbox.sent(letter, now())
    return True


def pause_after(letter: Letter) -> timedelta:
    """Return how long to wait after a failed attempt: twice as long each time, up to a limit."""
    doublings = min(letter.attempts, 10)
    return min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)
