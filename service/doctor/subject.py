"""Whom the doctor looks at: settings, data directory and, while it runs, the embedded stack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from temporalio.client import Client

from service.database import Database
from service.doctor.results import CannotAsk
from service.engine.client import connect
from service.failure import Failure
from service.schema import DATABASE_AWAY
from service.settings import Settings
from service.stack.layout import DataDirectory
from service.stack.runfile import RunFile

STOPPED = "The stack is stopped."


@dataclass(frozen=True)
class Subject:
    """``run`` is None unless the stack runs; ``port`` is the one that the pages shall have.

    ``from_stack``: the settings that the running stack has filled in.
    """

    settings: Settings
    data: DataDirectory
    port: int
    run: RunFile | None = None
    from_stack: frozenset[str] = frozenset()

    @classmethod
    def find(cls, directory: Path | None, port: int) -> "Subject":
        """Read settings and run file. Raises Failure if they cannot be read."""
        try:
            settings = Settings()
        except ValidationError as error:
            names = ", ".join(f"NAHTLOS_{it['loc'][0]}".upper() for it in error.errors())
            raise Failure(f"{names} cannot be read: correct the environment.") from None
        data = DataDirectory((directory or settings.data).absolute())
        try:
            run = RunFile.read(data.run_file)
        except (OSError, ValueError):
            raise Failure(
                f"{data.run_file} cannot be read: run this as the user that started Nahtlos."
            ) from None
        if run is None or not run.supervisor.running():
            return cls(settings, data, port)
        known = {k: v for k, v in run.settings.items() if k not in settings.model_fields_set}
        return cls(Settings.model_validate(known), data, port, run, frozenset(known))

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Give the database, as the application's role. Raises CannotAsk if it is away."""
        url = self.settings.database_url
        if url is None:
            raise CannotAsk(STOPPED)
        database = Database(url.get_secret_value())
        try:
            yield database
        except DATABASE_AWAY:
            raise CannotAsk("The database cannot be asked.") from None
        finally:
            await database.dispose()

    async def engine(self) -> Client:
        """Return a client of the engine. Raises CannotAsk if it does not answer."""
        if self.settings.temporal_address is None:
            raise CannotAsk(STOPPED)
        try:
            return await connect(self.settings, lazily=False)
        except (RuntimeError, OSError):
            raise CannotAsk("The engine cannot be asked.") from None
