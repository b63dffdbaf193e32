"""The dispatcher: looks into the outbox again and again, for as long as the worker lives."""

import asyncio
import logging

from activities.mail import send_due_letters
from service.bootstrap import Container
from service.notifications.outbox import PostgresOutbox
from service.notifications.smtp import mailer_for

SECONDS_BETWEEN_LOOKS = 1.0

log = logging.getLogger(__name__)


async def dispatch_mail(container: Container) -> None:
    """Send what is due until cancelled. Whatever goes wrong is logged and tried again."""
    smtp_url = container.settings.smtp_url
    if smtp_url is None:
        log.warning("NAHTLOS_SMTP_URL is not set: no mail is sent")
        await asyncio.Event().wait()
        return
    mailer = mailer_for(container.settings, smtp_url.get_secret_value())
    outbox = PostgresOutbox(container.database)
    while True:
        try:
            await send_due_letters(outbox, mailer, container.clock.now)
        except Exception as error:  # noqa: BLE001 - the database may be away for a while
            log.warning("mail waits: %s", type(error).__name__)
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
