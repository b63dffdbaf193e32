"""A mail server for one machine: keeps every mail, sends none on, shows them on a page.

python -m service.stack.mailcatcher MAILDIR SMTP_PORT PAGE_PORT
"""

import email.policy
import logging
import mailbox
import signal
import sys
from email.message import EmailMessage
from email.parser import BytesParser
from http.server import ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from service.clock import Clock, SystemClock
from service.logs.setup import set_up_logs
from service.stack.mailpages import handler_for
from service.stack.ports import HOST


class Keeper:
    """Puts each mail into a maildir. The recipients go along in a header of our own."""

    def __init__(self, maildir: Path, clock: Clock) -> None:
        self._maildir = maildir
        self._clock = clock

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002  (aiosmtpd calls it so)
        """Keep one mail."""
        content = envelope.original_content or b""
        mail = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(content)
        kept = mailbox.MaildirMessage(mail)
        kept["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        kept.set_date(self._clock.now().timestamp())
        mailbox.Maildir(self._maildir).add(kept)
        return "250 kept"


def serve(maildir: Path, smtp_port: int, page_port: int) -> None:
    """Take and show mail until SIGTERM."""
    mailbox.Maildir(maildir, create=True)
    smtp = Controller(Keeper(maildir, SystemClock()), hostname=HOST, port=smtp_port)
    smtp.start()
    pages = ThreadingHTTPServer((HOST, page_port), handler_for(maildir))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        pages.serve_forever()
    finally:
        pages.server_close()
        smtp.stop()


if __name__ == "__main__":
    set_up_logs(SystemClock(), None)
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # below, it notes who gets mail
    serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
