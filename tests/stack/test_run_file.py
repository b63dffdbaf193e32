import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.failure import Failure
from service.stack.runfile import Process, RunFile, settings_for
from tests.stack.conftest import without_settings

ADDRESSES = {
    "database_url": "postgresql://application@127.0.0.1:1/nahtlos",
    "temporal_address": "127.0.0.1:2",
    "smtp_url": "smtp://127.0.0.1:3",
    "public_url": "http://127.0.0.1:4",
}


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in set(os.environ) - set(without_settings()):
        monkeypatch.delenv(name)


def leave_run_file(directory: Path, pid: int) -> None:
    supervisor = Process.of(os.getpid()).model_copy(update={"pid": pid})
    RunFile(supervisor=supervisor, settings=ADDRESSES).write(directory / "run.json")


def test_a_running_stack_gives_the_addresses(tmp_path: Path) -> None:
    leave_run_file(tmp_path, os.getpid())
    settings = settings_for(tmp_path)
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == ADDRESSES["database_url"]
    assert settings.temporal_address == "127.0.0.1:2"
    assert settings.public_url == "http://127.0.0.1:4"


def test_the_environment_wins_over_the_run_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_run_file(tmp_path, os.getpid())
    monkeypatch.setenv("NAHTLOS_TEMPORAL_ADDRESS", "engine.example:7233")
    settings = settings_for(tmp_path)
    assert settings.temporal_address == "engine.example:7233"
    assert settings.public_url == "http://127.0.0.1:4"


def test_the_environment_alone_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAHTLOS_DATABASE_URL", "postgresql://database.example/nahtlos")
    monkeypatch.setenv("NAHTLOS_TEMPORAL_ADDRESS", "engine.example:7233")
    assert settings_for(tmp_path).temporal_address == "engine.example:7233"


def test_the_run_file_of_a_dead_stack_counts_for_nothing(tmp_path: Path) -> None:
    dead = subprocess.Popen((sys.executable, "-c", ""))
    dead.wait()
    leave_run_file(tmp_path, dead.pid)
    with pytest.raises(Failure, match="No Nahtlos is running on"):
        settings_for(tmp_path)


def test_a_later_process_with_the_same_number_is_not_the_stack(tmp_path: Path) -> None:
    supervisor = Process(pid=os.getpid(), born=Process.of(os.getpid()).born - 100)
    RunFile(supervisor=supervisor, settings=ADDRESSES).write(tmp_path / "run.json")
    with pytest.raises(Failure, match="No Nahtlos is running on"):
        settings_for(tmp_path)


@pytest.mark.parametrize("command", ["worker", "web", "migrate"])
def test_a_command_without_a_stack_fails_with_one_sentence(tmp_path: Path, command: str) -> None:
    result = subprocess.run(
        (sys.executable, "-m", "service.cli", command, "--data", tmp_path),
        capture_output=True,
        text=True,
        env=without_settings(),
        check=False,
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"No Nahtlos is running on {tmp_path}: start it with `make run`, or set "
        "NAHTLOS_DATABASE_URL and NAHTLOS_TEMPORAL_ADDRESS.\n"
    )
