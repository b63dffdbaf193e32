"""A mail server that misbehaves as it is told, and keeps what it takes."""

import asyncio
import email.policy
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from service.stack.ports import HOST

Stage = Literal["connect", "MAIL", "RCPT", "DATA"]


@dataclass(frozen=True)
class Fault:
    """What the server answers, and to what. ``address``: to letters for this one alone."""

    stage: Stage
    answer: str
    address: str | None = None


@dataclass(frozen=True)
class Mail:
    """A mail that the server has taken."""

    message_id: str
    to: str
    body: str


class FaultyServer:
    """Works, as long as it is not told otherwise; begins to listen when it is started.

    ``drops``: it takes a letter that is new to it and breaks off before it says so.
    ``hangs_up``: it says so, and breaks off instead of saying good-bye. ``thinks``: it looks at
    a letter for as long as that is set.
    """

    def __init__(self, port: int) -> None:
        self.fault: Fault | None = None
        self.drops = self.hangs_up = self.thinks = self.has_begun_to_think = False
        self.refused = 0
        self.mails: list[Mail] = []
        self._controller = _Controller(self, hostname=HOST, port=port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop(no_assert=True)

    def times(self) -> dict[str, int]:
        """Return how often each letter has come."""
        return dict(Counter(mail.message_id for mail in self.mails))

    def refusal(self, stage: Stage, address: str | None = None) -> str | None:
        """Return what to answer instead of going on."""
        fault = self.fault
        if fault is None or fault.stage != stage or fault.address not in {None, address}:
            return None
        self.refused += 1
        return fault.answer

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        if refusal := self.refusal("MAIL"):
            return _saying_good_bye(server, refusal)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        if refusal := self.refusal("RCPT", address):
            return _saying_good_bye(server, refusal)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        if refusal := self.refusal("DATA"):
            return _saying_good_bye(server, refusal)
        while self.thinks:
            self.has_begun_to_think = True
            await asyncio.sleep(0.01)
        mail = _mail(envelope)
        if self.drops and mail.message_id not in self.times():
            _break_off(server)
        self.mails.append(mail)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002
        if self.hangs_up:
            _break_off(server)
        return "221 Bye"


class _Talk(SMTP):
    """One connection. It may be refused before a word is said."""

    def __init__(self, faulty: FaultyServer) -> None:
        super().__init__(faulty)
        self._faulty = faulty

    async def _handle_client(self) -> None:
        refusal = self._faulty.refusal("connect")
        if refusal is None:
            await super()._handle_client()
        else:
            await self.push(refusal)
            assert self.transport
            self.transport.close()


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Talk(self.handler)


def _saying_good_bye(server: SMTP, answer: str) -> str:
    """Return the answer; 421 is the last word (RFC 5321, 3.8)."""
    if answer.startswith("421"):
        assert server.transport
        server.loop.call_soon(server.transport.close)
    return answer


def _break_off(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


def _mail(envelope: Envelope) -> Mail:
    content = envelope.original_content or b""
    mail = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(content)
    [to] = envelope.rcpt_tos
    return Mail(message_id=mail["message-id"], to=to, body=mail.get_content())
