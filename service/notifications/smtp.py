"""Mail over SMTP."""

import asyncio
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from activities.ports import Letter, MailRefused
from service.notifications.letters import LetterWriter
from service.settings import Settings
from service.web.i18n import load_translators
from service.web.places import TEMPLATES, TRANSLATIONS
from service.web.templates import environment

SECONDS_TO_CONNECT = 20
SECONDS_TO_TAKE = 600
"""Who hangs up while the server still looks at a letter sends it twice (RFC 5321, 4.5.3.2.6)."""

SECONDS_ALTOGETHER = 660

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def client_of(smtp_url: str, timeout: float) -> aiosmtplib.SMTP:
    """Return a client of the server that the settings name; ``timeout``: seconds for each reply."""
    server = urlsplit(smtp_url)
    return aiosmtplib.SMTP(
        hostname=server.hostname,
        port=server.port or PORTS[server.scheme],
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=server.scheme == "smtps",
        start_tls=server.scheme == "smtp+starttls",
        timeout=timeout,
    )


class SmtpMailer:
    """Implements the port ``activities.ports.Mailer``."""

    def __init__(self, smtp_url: str, writer: LetterWriter) -> None:
        """Take the server's address, and who puts letters into words."""
        self._smtp_url = smtp_url
        self._writer = writer

    async def send(self, letter: Letter) -> None:
        """Hand the letter to the mail server."""
        try:
            async with (
                asyncio.timeout(SECONDS_ALTOGETHER),
                client_of(self._smtp_url, SECONDS_TO_CONNECT) as client,
            ):
                await client.send_message(self.written(letter), timeout=SECONDS_TO_TAKE)
        except aiosmtplib.SMTPException as error:
            raise MailRefused(type(error).__name__) from error

    def written(self, letter: Letter) -> EmailMessage:
        """Return the mail that a letter becomes."""
        return self._writer.write(letter)


def mailer_for(settings: Settings, smtp_url: str) -> SmtpMailer:
    """Return the mailer for this server, which writes in every language."""
    tongues = {
        language: (translator, environment(TEMPLATES, translator))
        for language, translator in load_translators(TRANSLATIONS).items()
    }
    return SmtpMailer(smtp_url, LetterWriter(settings.mail_from, settings.public_url, tongues))
