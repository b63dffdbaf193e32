"""Running stacks for the tests of this folder; every process is gone when a test ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from service.stack.process import still_running
from service.stack.program import Launch
from service.stack.runfile import RunFile
from service.stack.tether import DeathSignal

SERVERS = Path(__file__).with_name("servers.py")
ALL = ("postgresql", "temporal", "mail")
PATIENCE = 60.0  # seconds


def without_settings() -> dict[str, str]:
    """The environment without addresses of a stack that the tests themselves run on."""
    return {k: v for k, v in os.environ.items() if not k.startswith("NAHTLOS_")}


def until(condition: Callable[[], bool], what: str, within: float = PATIENCE) -> None:
    """Wait for `condition`; fail the test if it does not come true."""
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, f"not within {within} seconds: {what}"
        time.sleep(0.02)


def all_gone(processes: list[psutil.Process]) -> bool:
    """Whether all have ended, noticed by their parents or not."""
    return not any(still_running(process.pid, process.create_time()) for process in processes)


class RunningServers:
    """A supervisor in a process of its own, and what it started."""

    def __init__(self, directory: Path, *names: str, tether: str = "death-signal") -> None:
        self.directory = directory
        self._talk = directory.with_suffix(".talk")
        launch = Launch(
            command=(sys.executable, str(SERVERS), str(directory), tether, *(names or ALL)),
            environment=without_settings(),
            death_signal=signal.SIGTERM,  # if the test run is killed, the stack stops in order
        )
        with self._talk.open("w") as talk:
            self.process = subprocess.Popen(
                DeathSignal().command(launch) if sys.platform == "linux" else launch.command,
                stdout=subprocess.PIPE,
                stderr=talk,
                text=True,
                env=launch.environment,
            )

    def wait_until_ready(self) -> "RunningServers":
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n", self.talk
        return self

    @property
    def talk(self) -> str:
        """What the supervisor said."""
        return self._talk.read_text()

    @property
    def run_file(self) -> RunFile:
        run = RunFile.read(self.directory / "run.json")
        assert run is not None
        return run

    def child(self, name: str) -> psutil.Process:
        process = self.run_file.children[name].running()
        assert process is not None
        return process

    def family(self) -> list[psutil.Process]:
        """Every process below the supervisor."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


StartServers = Callable[..., RunningServers]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
def start(data: Path) -> Iterator[StartServers]:
    """Starts supervisors on the test's data directory."""
    started: list[RunningServers] = []

    def start_servers(*names: str, tether: str = "death-signal") -> RunningServers:
        servers = RunningServers(data, *names, tether=tether)
        started.append(servers)
        return servers

    yield start_servers
    for servers in started:
        if servers.process.poll() is None:
            family = servers.family()
            servers.stop()
            until(partial(all_gone, family), "every process ends")
        if servers.process.stdout:
            servers.process.stdout.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServers]:
    """One running stack for tests that only look."""
    servers = RunningServers(tmp_path_factory.mktemp("stack") / "data")
    try:
        yield servers.wait_until_ready()
    finally:
        servers.stop()
        if servers.process.stdout:
            servers.process.stdout.close()
