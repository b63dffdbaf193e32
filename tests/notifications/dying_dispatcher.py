"""A dispatcher that dies right after the mail server has taken a mail, before it is noted.

``python -m tests.notifications.dying_dispatcher``
"""

import asyncio
import os
import signal
from datetime import datetime

from activities.mail import send_due_letters
from activities.ports import Letter
from service.bootstrap import container_for
from service.notifications.outbox import PostgresOutbox
from service.notifications.smtp import mailer_for
from service.settings import Settings


class FatalOutbox(PostgresOutbox):
    """The real outbox, until a mail is to be noted as sent."""

    async def sent(self, letter: Letter, now: datetime) -> None:  # noqa: ARG002
        os.kill(os.getpid(), signal.SIGKILL)


async def dispatch() -> None:
    settings = Settings()
    assert settings.smtp_url
    mailer = mailer_for(settings, settings.smtp_url.get_secret_value())
    async with container_for(settings) as container:
        outbox = FatalOutbox(container.database)
        await send_due_letters(outbox, mailer, container.clock.now)


asyncio.run(dispatch())
