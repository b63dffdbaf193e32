"""Mail over SMTP. Subject and text name nobody: they say what waits, and link into the portal."""

import asyncio
from collections.abc import Mapping
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib
from jinja2 import Environment

from activities.ports import Letter, MailRefused
from service.settings import Settings

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

    def __init__(
        self, settings: Settings, smtp_url: str, environments: Mapping[str, Environment]
    ) -> None:
        """Take the server's address and, for each language, what renders ``mails/KIND.txt``."""
        self._smtp_url = smtp_url
        self._mail_from = settings.mail_from
        self._public_url = settings.public_url.rstrip("/")
        self._environments = environments

    async def send(self, letter: Letter) -> None:
        """Hand the letter to the mail server."""
        try:
            async with (
                asyncio.timeout(SECONDS_ALTOGETHER),
                client_of(self._smtp_url, SECONDS_TO_CONNECT) as client,
            ):
                await client.send_message(self._write(letter), timeout=SECONDS_TO_TAKE)
        except aiosmtplib.SMTPException as error:
            raise MailRefused(type(error).__name__) from error

    def _write(self, letter: Letter) -> EmailMessage:
        template = self._environments[letter.language].get_template(f"mails/{letter.kind}.txt")
        text = template.render(
            due_at=letter.due_at,
            link=f"{self._public_url}/referrals/{letter.referral_id}",
        )
        subject, body = text.strip().split("\n", 1)
        message = EmailMessage()
        message["Subject"] = subject.strip()
        message["From"] = self._mail_from
        message["To"] = letter.to_address
        message["Message-ID"] = letter.message_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body.strip() + "\n")
        return message
