"""A whole Nahtlos, started as a person starts it, and killed as no person would."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

import httpx

from service.settings import Settings
from service.stack.runfile import RunFile, settings_for
from tests.stack.conftest import PATIENCE, without_settings


class Nahtlos(Protocol):
    """What a story must know of the Nahtlos that it plays on."""

    @property
    def address(self) -> str:
        """How people reach the pages."""

    def settings(self) -> Settings:
        """Return where its servers are."""

    def api(self, user: str) -> httpx.Client:
        """Return a program that acts for a user."""

    def mails(self) -> list[dict[str, str]]:
        """Return every mail that was caught."""


class RunningNahtlos:
    """``nahtlos up`` on a data directory, with the demo world unless an option says otherwise."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self._up = ("up", "--data", str(data), "--port", "0", *options)
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> None:
        """Start it and wait until it serves."""
        with (self.data.with_suffix(".talk")).open("a") as talk:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "service.cli", *self._up),
                stdout=subprocess.PIPE,
                stderr=talk,
                text=True,
                env=without_settings(),
            )
        assert self.process.stdout is not None
        ready = self.process.stdout.readline()
        assert ready.startswith("ready: "), self.data.with_suffix(".talk").read_text()
        self.address = ready.removeprefix("ready: ").strip()

    def stop(self) -> None:
        """Stop it in order."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
            if self.process.stdout:
                self.process.stdout.close()
            self.process = None

    @property
    def run_file(self) -> RunFile:
        """What the running stack says of itself."""
        run = RunFile.read(self.data / "run.json")
        assert run is not None
        return run

    def kill(self, name: str) -> None:
        """``kill -9`` one of its processes and wait until everything is ready again."""
        process = self.run_file.children[name].running()
        assert process is not None
        process.kill()
        process.wait(PATIENCE)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until database, engine and worker are reached."""
        end = time.monotonic() + PATIENCE
        while not self._ready():
            assert time.monotonic() < end, "it is not ready again"
            time.sleep(0.1)

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def command(self, *words: str) -> str:
        """Run a command of ours on this stack and return what it prints."""
        done = subprocess.run(
            (sys.executable, "-m", "service.cli", *words, "--data", str(self.data)),
            capture_output=True,
            text=True,
            check=True,
            env=without_settings(),
        )
        return done.stdout

    def settings(self) -> Settings:
        """Return where its servers are."""
        return settings_for(self.data)

    def api(self, user: str) -> httpx.Client:
        """Return a program that acts for a user."""
        token = self.command("token", "create", "--user", user).strip()
        return httpx.Client(
            base_url=f"{self.address}/api/v1", headers={"Authorization": f"Bearer {token}"}
        )

    def mails(self) -> list[dict[str, str]]:
        """Return every mail that was caught."""
        answer = httpx.get(f"{self.run_file.mail_page}/messages.json", timeout=5)
        mails: list[dict[str, str]] = answer.json()
        return mails
