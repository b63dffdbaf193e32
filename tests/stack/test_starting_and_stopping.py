import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack.conftest import RunningServers, StartServers, all_gone, until, without_settings


def test_run_file_is_private_and_names_every_process(running: RunningServers) -> None:
    file = running.directory / "run.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert running.run_file.supervisor.pid == running.process.pid
    assert set(running.run_file.children) == {"postgresql", "temporal", "mail"}
    assert all(child.running() for child in running.run_file.children.values())


def test_each_program_has_its_own_log(running: RunningServers) -> None:
    logs = {file.name for file in (running.directory / "logs").iterdir()}
    assert {"postgresql.log", "temporal.log", "mail.log"} <= logs


def test_a_second_start_on_the_same_directory_is_refused(running: RunningServers) -> None:
    second = subprocess.run(
        (sys.executable, "-m", "service.cli", "up", "--data", running.directory, "--port", "0"),
        capture_output=True,
        text=True,
        env=without_settings(),
        check=False,
    )
    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr == (
        f"Nahtlos is already running on {running.directory}: stop it first, "
        "or choose another directory with --data.\n"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything(start: StartServers, number: signal.Signals) -> None:
    servers = start().wait_until_ready()
    family = servers.family()
    assert len(family) >= 3
    assert servers.stop(number) == 0
    assert all_gone(family)


def test_postgresql_is_shut_down_cleanly(start: StartServers, data: Path) -> None:
    start("postgresql").wait_until_ready().stop()
    assert "database system is shut down" in (data / "logs" / "postgresql.log").read_text()


def test_a_signal_during_the_start_stops_everything(start: StartServers) -> None:
    servers = start()
    until(lambda: bool(servers.family()), "the first child")
    family = servers.family()
    assert servers.stop() == 0
    until(lambda: all_gone(family), "every process ends", within=10)


def test_addresses_stay_the_same_over_a_restart(start: StartServers) -> None:
    first = start("postgresql", "mail").wait_until_ready()
    before = first.run_file.settings
    first.stop()
    assert start("postgresql", "mail").wait_until_ready().run_file.settings == before
