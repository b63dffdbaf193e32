"""Does the mail server take our mail?"""

import ssl
from urllib.parse import urlsplit

import aiosmtplib

from service.clock import Clock
from service.doctor.results import CannotAsk, Fault, NotAsked, Result, Well
from service.doctor.subject import STOPPED, Subject
from service.figures import Figures
from service.notifications.smtp import PORTS, client_of

SECONDS = 2.0


class MailCheck:
    """Goes as far with the mail server as one can without sending a mail."""

    name = "mail"

    def __init__(self, subject: Subject, clock: Clock) -> None:
        self._subject = subject
        self._clock = clock

    async def run(self) -> Result:
        """Greet, sign in and name the sender; then ask the outbox what was refused before."""
        settings = self._subject.settings
        if settings.smtp_url is None:
            if settings.database_url is None:
                return NotAsked(STOPPED)
            return Fault(
                "No mail server is named: no mail is sent.",
                "Set NAHTLOS_SMTP_URL, for example to smtp+starttls://USER:PASSWORD@HOST:PORT.",
            )
        url = settings.smtp_url.get_secret_value()
        return await _greet(url, settings.mail_from) or await self._outbox(url)

    async def _outbox(self, url: str) -> Result:
        well = Well(f"The mail server answers at {_place(url)} and takes our sender.")
        try:
            async with self._subject.database() as database, database.transaction() as connection:
                mails = await Figures(connection, self._clock.now()).mails()
        except CannotAsk:
            return well
        if mails.refused and mails.since:
            return Fault(
                f"The mail server at {_place(url)} answers, but has refused {mails.refused} of the "
                f"mails that wait; the oldest has waited since {mails.since:%Y-%m-%d %H:%M} UTC.",
                "Look at the log of the mail server, and at the addresses of people and agencies.",
            )
        return well


async def _greet(url: str, sender: str) -> Fault | None:
    server = urlsplit(url)
    place = _place(url)
    if server.scheme not in PORTS or not server.hostname:
        return Fault(
            "NAHTLOS_SMTP_URL cannot be read.",
            "Write it as smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT.",
        )
    try:
        async with client_of(url, SECONDS) as client:
            await client.mail(sender)
            await client.rset()
    except aiosmtplib.SMTPAuthenticationError as refused:
        return Fault(
            f"The mail server at {place} refuses our user name or password (code {refused.code}).",
            "Correct them in NAHTLOS_SMTP_URL.",
        )
    except aiosmtplib.SMTPSenderRefused as refused:
        return Fault(
            f"The mail server at {place} refuses our sender {sender} (code {refused.code}).",
            "Set NAHTLOS_MAIL_FROM to an address that it takes, or have it taken there.",
        )
    except aiosmtplib.SMTPResponseException as refused:
        return Fault(
            f"The mail server at {place} refuses us (code {refused.code}).",
            "Let this machine send there, or name another server in NAHTLOS_SMTP_URL.",
        )
    except (OSError, aiosmtplib.SMTPException, ssl.SSLError):
        return Fault(
            f"The mail server does not answer at {place}.",
            "See whether it runs there and can be reached, or correct NAHTLOS_SMTP_URL.",
        )
    return None


def _place(url: str) -> str:
    """Return host and port, never the password."""
    server = urlsplit(url)
    return f"{server.hostname}:{server.port or PORTS.get(server.scheme, 25)}"
