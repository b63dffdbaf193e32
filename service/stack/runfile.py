"""What other commands must know of the running stack: addresses and processes.

The file holds the application's database password: mode 0600, in a directory of mode 0700.
"""

from pathlib import Path
from typing import Any

import psutil
from pydantic import BaseModel

from service.failure import Failure
from service.settings import Settings
from service.stack.files import read_json, write_json
from service.stack.process import birth, still_running


class Process(BaseModel):
    """A process; the time of its birth tells it from a later one with the same number."""

    pid: int
    born: float

    @classmethod
    def of(cls, pid: int) -> "Process":
        """Describe the running process `pid`."""
        return cls(pid=pid, born=birth(pid))

    def running(self) -> psutil.Process | None:
        """Return the process if it still runs."""
        return still_running(self.pid, self.born)


class RunFile(BaseModel):
    """One running stack."""

    supervisor: Process
    children: dict[str, Process] = {}
    settings: dict[str, str] = {}
    """Values of `Settings` by field name."""
    temporal_ui: str | None = None
    mail_page: str | None = None
    worker_metrics: str | None = None

    @classmethod
    def read(cls, path: Path) -> "RunFile | None":
        """Return the content of `path`; None if there is no such file."""
        content: dict[str, Any] = read_json(path)
        return cls.model_validate(content) if content else None

    def write(self, path: Path) -> None:
        """Replace the content of `path`."""
        write_json(path, self.model_dump())


def settings_for(data: Path | None) -> Settings:
    """Return the settings of a command: from the environment, the rest from the running stack.

    Raises Failure if nothing says where the database and the engine are.
    """
    given = Settings()
    directory = data or given.data
    run = RunFile.read(directory / "run.json")
    if run and run.supervisor.running():
        missing = {k: v for k, v in run.settings.items() if k not in given.model_fields_set}
        given = Settings.model_validate(missing)
    if given.database_url is None or given.temporal_address is None:
        raise Failure(
            f"No Nahtlos is running on {directory}: start it with `make run`, or set "
            "NAHTLOS_DATABASE_URL and NAHTLOS_TEMPORAL_ADDRESS."
        )
    return given
