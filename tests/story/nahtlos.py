"""A whole Nahtlos, started as a person starts it, and killed as no person would."""

import subprocess
import sys
import time
from pathlib import Path

import httpx

from service.stack.runfile import RunFile
from tests.stack.conftest import PATIENCE, without_settings


class RunningNahtlos:
    """``nahtlos up`` with the demo world on a data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> None:
        """Start it and wait until it serves."""
        with (self.data.with_suffix(".talk")).open("a") as talk:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "service.cli", "up", "--data", self.data, "--port", "0"),
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

    def mails(self) -> list[dict[str, str]]:
        """Return every mail that was caught."""
        answer = httpx.get(f"{self.run_file.mail_page}/messages.json", timeout=5)
        mails: list[dict[str, str]] = answer.json()
        return mails
