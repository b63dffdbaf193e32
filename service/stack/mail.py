"""The mail catcher as a program of the stack."""

import os
import sys
from pathlib import Path

from service.stack.ports import HOST, Ports
from service.stack.probe import listens
from service.stack.program import Launch


class MailCatcher:
    """Takes every mail in and sends none on."""

    name = "mail"

    def __init__(self, maildir: Path, ports: Ports) -> None:
        self._maildir = maildir
        self._smtp_port = ports.of("smtp")
        self._page_port = ports.of("mail")

    @property
    def smtp_url(self) -> str:
        """Where to send mail to."""
        return f"smtp://{HOST}:{self._smtp_port}"

    @property
    def page_url(self) -> str:
        """Where a person can read the mails."""
        return f"http://{HOST}:{self._page_port}"

    async def prepare(self) -> None:
        """Nothing is needed."""

    def launch(self) -> Launch:
        """Start the catcher."""
        return Launch(
            command=(
                *(sys.executable, "-m", "service.stack.mailcatcher", str(self._maildir)),
                *(str(self._smtp_port), str(self._page_port)),
            ),
            environment=os.environ,
        )

    async def ready(self, pid: int) -> bool:
        """Whether process `pid` takes mail and shows it."""
        return listens(pid, self._smtp_port) and listens(pid, self._page_port)
