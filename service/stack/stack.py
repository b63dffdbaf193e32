"""Which programs run here, and which addresses everybody gets.

What the settings name runs elsewhere; the rest is started.
"""

import os
from collections.abc import Callable

from pydantic import SecretStr

from service.failure import Failure
from service.settings import Settings
from service.stack.application import Web, Worker
from service.stack.layout import DataDirectory
from service.stack.mail import MailCatcher
from service.stack.ports import HOST, Ports, is_free
from service.stack.postgres import PostgreSQL
from service.stack.program import Program
from service.stack.temporal import Temporal

OWNER_URL = "database_owner_url"
WORKER_METRICS = "worker_metrics"


class Stack:
    """The programs of one stack. `port` is that of the web server; 0 takes a free one."""

    def __init__(
        self, data: DataDirectory, settings: Settings, port: int, announce: Callable[[str], None]
    ) -> None:
        ports = Ports(data.ports)
        web_port = _web_port(port, ports)
        self.postgresql = (
            None if settings.database_url else PostgreSQL(data, ports.of("postgresql"))
        )
        self.temporal = None if settings.temporal_address else Temporal(data, ports, announce)
        self.mail = None if settings.smtp_url else MailCatcher(data.mail, ports)
        self.address = f"http://{HOST}:{web_port}"
        self.data = data
        self._given = settings
        self.worker_metrics = settings.worker_metrics or f"{HOST}:{ports.of('worker-metrics')}"
        metrics = {_variable(WORKER_METRICS): self.worker_metrics}
        self.worker = Worker({**self.environment(), **metrics})
        self.web = Web(self.environment(), web_port)

    @property
    def servers(self) -> list[Program]:
        """What our own programs need, in order."""
        return [p for p in (self.postgresql, self.temporal, self.mail) if p is not None]

    def settings(self) -> dict[str, str]:
        """Return the values of `Settings` for every command that works on this stack."""
        settings = {
            name: value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in self._given.model_dump(exclude_none=True).items()
        }
        settings.pop(
            WORKER_METRICS, None
        )  # of our worker only: a second one needs a place of its own
        settings["data"] = str(self.data.root)
        if "public_url" not in self._given.model_fields_set:
            settings["public_url"] = self.address
        if self.postgresql:
            settings["database_url"] = self.postgresql.application_url
            settings[OWNER_URL] = self.postgresql.owner_url
        if self.temporal:
            settings["temporal_address"] = self.temporal.address
        if self.mail:
            settings["smtp_url"] = self.mail.smtp_url
        return settings

    def environment(self, *, as_owner: bool = False) -> dict[str, str]:
        """Return the environment of a command that works on this stack.

        Only who changes the tables gets the address of their owner.
        """
        ours = {_variable(name): value for name, value in self.settings().items()}
        environment = {**os.environ, **ours}
        if not as_owner:
            environment.pop(_variable(OWNER_URL), None)
        return environment


def _variable(setting: str) -> str:
    return f"NAHTLOS_{setting.upper()}"


def _web_port(wanted: int, ports: Ports) -> int:
    if wanted == 0:
        return ports.of("web")
    if not is_free(wanted):
        raise Failure(f"Port {wanted} is in use: choose another with --port (0 takes a free one).")
    return wanted
