"""The command beside a data directory: what it refuses, and what becomes of one that is killed."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.backup.archive import opened
from service.failure import Failure
from tests.operations.conftest import content_of
from tests.stack.conftest import PATIENCE, RunningServers, without_settings

NOBODY = 65534


def nahtlos(*words: str) -> subprocess.Popen[str]:
    """Start a command of ours."""
    return subprocess.Popen(
        (sys.executable, "-m", "service.cli", *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=without_settings(),
    )


def said(*words: str) -> str:
    """Return the last line that a failing command says."""
    process = nahtlos(*words)
    out, talk = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert "Traceback" not in talk
    return talk.splitlines()[-1]


def kill_in_the_middle(process: subprocess.Popen[str], data: Path) -> None:
    """``kill -9`` a restore while its servers run."""
    end = time.monotonic() + PATIENCE
    while not (data / "temporal.db").exists():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.communicate()


def test_a_restore_that_was_killed_is_done_anew(backup: Path, tmp_path: Path) -> None:
    data = tmp_path / "Übergaben März"
    kill_in_the_middle(nahtlos("restore", str(backup), "--data", str(data)), data)

    assert said("up", "--data", str(data), "--port", "0") == (
        f"A restore into {data} was broken off: run `nahtlos restore` again."
    )

    again = nahtlos("restore", str(backup), "--data", str(data))
    out, talk = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0, talk
    assert out.startswith("Restored as of 20")
    assert out.endswith(f"under way: 0; start it with `nahtlos up --data {data}`.\n")
    assert "restore.json" not in content_of(data)
    assert "run.json" not in content_of(data)

    assert said("restore", str(backup), "--data", str(data)) == (
        f"{data} holds a Nahtlos already: name an empty directory with --data."
    )


def test_a_directory_in_use_is_left_alone(backup: Path, servers: RunningServers) -> None:
    data = servers.directory
    assert said("restore", str(backup), "--data", str(data)).startswith(
        f"Nahtlos is already running on {data}: stop it first"
    )


def test_a_damaged_backup_is_refused_before_a_directory_is_made(
    backup: Path, tmp_path: Path
) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)

    answer = said("restore", str(backup), "--data", str(tmp_path / "data"))

    assert answer.startswith(f"{backup} is not a backup of Nahtlos, or not as it was written")
    assert content_of(tmp_path) == [backup.name]


def test_a_backup_that_somebody_else_took_is_not_read(backup: Path) -> None:
    backup.chmod(0)
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    refused = pytest.raises(Failure, match=r"cannot be read \(Permission denied\): name a backup")
    try:
        with refused, opened(backup):
            pass
    finally:
        os.seteuid(before)


async def test_a_backup_prints_the_name_of_its_file(
    servers: RunningServers, backup: Path, tmp_path: Path
) -> None:
    process = nahtlos("backup", str(tmp_path), "--data", str(servers.directory))
    out, talk = await asyncio.to_thread(process.communicate, timeout=PATIENCE)

    assert process.returncode == 0, talk
    file = Path(out.removesuffix("\n"))
    assert content_of(tmp_path) == sorted([backup.name, file.name])
    assert "Backup" in talk
