"""`nahtlos doctor` as a person and a program call it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from service.stack.layout import DataDirectory
from tests.stack.conftest import RunningServers, without_settings

CHECKS = [
    *("stack", "port", "disk", "database", "tables", "version"),
    *("engine", "worker", "histories", "mail", "clock"),
]


def doctor(*words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run(
        (sys.executable, "-m", "service.cli", "doctor", *words),
        capture_output=True,
        text=True,
        check=False,
        env={**without_settings(), **settings},
    )


def test_on_a_running_stack(servers: RunningServers) -> None:
    """Only the servers run here: nobody works."""
    told = doctor("--data", servers.directory, "--json")
    answers = {answer["check"]: answer for answer in json.loads(told.stdout)}
    assert list(answers) == CHECKS
    assert answers["worker"]["state"] == "fault"
    assert answers["worker"]["do"].startswith("Start one with `nahtlos worker`")
    assert answers["engine"]["state"] == "well"
    assert answers["mail"]["state"] == "well"
    assert "do" not in answers["mail"]
    assert told.returncode == 1
    assert told.stderr == ""


def test_on_a_stopped_stack(tmp_path: Path) -> None:
    told = doctor("--data", tmp_path / "never", "--port", "0")
    assert told.returncode == 0, told.stdout
    assert "- not asked  stack      It is stopped on" in told.stdout
    assert "✓ well       disk" in told.stdout
    assert "fault" not in told.stdout
    assert told.stderr == ""
    assert not (tmp_path / "never").exists()


def test_when_nothing_answers_it_says_so_calmly_and_tells_no_secret(tmp_path: Path) -> None:
    told = doctor(
        *("--data", tmp_path),
        NAHTLOS_DATABASE_URL="postgresql://app:geheim@127.0.0.1:1/nahtlos",
        NAHTLOS_DATABASE_OWNER_URL="postgresql://owner:geheim@127.0.0.1:1/nahtlos",
        NAHTLOS_TEMPORAL_ADDRESS="127.0.0.1:1",
        NAHTLOS_TEMPORAL_API_KEY="geheim",
        NAHTLOS_SMTP_URL="smtp://mail:geheim@127.0.0.1:1",
    )
    assert told.returncode == 1
    assert "✗ fault      database   The database does not answer at 127.0.0.1:1." in told.stdout
    assert "✗ fault      engine     Temporal does not answer at 127.0.0.1:1." in told.stdout
    assert "✗ fault      mail       The mail server does not answer at 127.0.0.1:1." in told.stdout
    assert "- not asked  worker     The engine cannot be asked." in told.stdout
    assert "- not asked  tables     The database cannot be asked." in told.stdout
    assert "geheim" not in told.stdout + told.stderr
    assert told.stderr == ""


def test_a_terminal_without_our_signs_still_gets_the_words(tmp_path: Path) -> None:
    told = doctor("--data", tmp_path, "--port", "0", PYTHONIOENCODING="latin-1")
    assert told.returncode == 0, told.stderr
    assert "? well       disk" in told.stdout


def test_settings_that_cannot_be_read(tmp_path: Path) -> None:
    told = doctor("--data", tmp_path, NAHTLOS_LOG_FORMAT="xml")
    assert told.returncode == 1
    assert told.stderr == "NAHTLOS_LOG_FORMAT cannot be read: correct the environment.\n"


def test_a_run_file_that_cannot_be_read(tmp_path: Path) -> None:
    data = DataDirectory.create(tmp_path / "data")
    data.run_file.write_text("{")
    told = doctor("--data", data.root)
    assert told.returncode == 1
    assert told.stderr.startswith(f"{data.run_file} cannot be read")
    assert os.linesep.join(told.stderr.splitlines()[1:]) == ""
