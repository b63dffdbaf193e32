"""Where everything is measured: the embedded servers, a worker and a web process, all real."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
from sqlalchemy import func, insert, select
from uuid_utils.compat import uuid7

from service import migrate
from service.accounts.secrets import digest
from service.accounts.tables import tokens
from service.bootstrap import Container, container_for
from service.notifications.tables import notifications
from service.settings import Settings
from service.stack.ports import HOST, Ports
from tests import cast
from tests.stack.conftest import RunningServers
from tests.world import World, make_world

PATIENCE = 60.0  # seconds
CLARAS_TOKEN = "clara"


@dataclass
class Stage:
    """Servers on a data directory, the cast's world in them, and the processes that serve it."""

    directory: Path
    servers: RunningServers
    settings: Settings
    container: Container
    world: World
    web_port: int
    processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the web process serves."""
        return f"http://{HOST}:{self.web_port}"

    async def start(self, name: str, *words: str) -> None:
        """Start a process of ours with the settings of this stage."""
        self.processes[name] = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", *words),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=(self.directory / f"{name}.log").open("ab"),
            env=os.environ | _environment(self.settings),
        )

    async def start_worker(self) -> None:
        """Start the worker, with ours and the minimal workflows."""
        await self.start("worker", "tests.bench.worker")

    async def start_web(self) -> None:
        """Start the web process and wait until it and the worker are ready."""
        await self.start("web", "service.cli", "web", "--port", str(self.web_port))
        end = time.monotonic() + PATIENCE
        async with httpx.AsyncClient() as browser:
            while not await self._answers(browser):
                if time.monotonic() > end or self._has_ended("web") or self._has_ended("worker"):
                    raise RuntimeError(f"not ready: {self._last_words()}")
                await asyncio.sleep(0.1)

    async def _answers(self, browser: httpx.AsyncClient) -> bool:
        try:
            return (await browser.get(f"{self.address}/readyz")).is_success
        except httpx.HTTPError:
            return False

    def _has_ended(self, name: str) -> bool:
        return self.processes[name].returncode is not None

    def _last_words(self) -> str:
        logs = (self.directory / f"{name}.log" for name in self.processes)
        return "\n".join(log.read_text()[-2000:] for log in logs)

    async def stop(self, name: str) -> None:
        """Stop a process of ours."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself
            process.terminate()
        await process.wait()

    def memory(self, name: str) -> int:
        """Return the resident memory of a process in bytes."""
        rss: int = psutil.Process(self.processes[name].pid).memory_info().rss
        return rss

    async def lie_down_for(self, seconds: float) -> None:
        """Stop everything, wait, start it again but for the web: the machine was off a while."""
        await self.stop("web")
        await self.stop("worker")
        await asyncio.to_thread(self.servers.stop)
        await asyncio.sleep(seconds)
        self.servers = await asyncio.to_thread(_running_servers, self.directory)
        await self.start_worker()

    async def until_mails_are_sent(self) -> None:
        """Wait until no mail is due any more, so that the next side has the machine alone.

        What waits for the next working morning goes on waiting.
        """
        async with asyncio.timeout(PATIENCE):
            while True:
                due = (
                    select(func.count())
                    .select_from(notifications)
                    .where(
                        notifications.c.sent_at.is_(None),
                        notifications.c.dropped_at.is_(None),
                        notifications.c.digest_id.is_(None),
                        notifications.c.next_attempt_at <= self.container.clock.now(),
                    )
                )
                async with self.container.database.transaction() as connection:
                    if not await connection.scalar(due):
                        return
                await asyncio.sleep(0.1)


@asynccontextmanager
async def running_stage(directory: Path) -> AsyncIterator[Stage]:
    """Start everything on an empty data directory; end every process."""
    servers = await asyncio.to_thread(_running_servers, directory)
    try:
        settings = Settings.model_validate(servers.run_file.settings)
        await asyncio.to_thread(migrate.run, settings)
        async with container_for(settings) as container:
            world = await make_world(container)
            await _give_clara_a_token(container)
            stage = Stage(
                directory,
                servers,
                settings,
                container,
                world,
                web_port=Ports(directory / "ports-of-the-bench.json").of("web"),
            )
            try:
                await stage.start_worker()
                await stage.start_web()
                yield stage
            finally:
                for name in list(stage.processes):
                    await stage.stop(name)
                servers = stage.servers
    finally:
        servers.stop()


def _running_servers(directory: Path) -> RunningServers:
    return RunningServers(directory).wait_until_ready()


def _environment(settings: Settings) -> dict[str, str]:
    assert settings.database_url
    assert settings.temporal_address
    assert settings.smtp_url
    return {
        "NAHTLOS_DATABASE_URL": settings.database_url.get_secret_value(),
        "NAHTLOS_TEMPORAL_ADDRESS": settings.temporal_address,
        "NAHTLOS_SMTP_URL": settings.smtp_url.get_secret_value(),
    }


async def _give_clara_a_token(container: Container) -> None:
    async with container.database.transaction() as connection:
        await connection.execute(
            insert(tokens).values(
                id=uuid7(),
                token_hash=digest(CLARAS_TOKEN),
                user_id=cast.CLARA.user_id,
                created_at=container.clock.now(),
            )
        )
