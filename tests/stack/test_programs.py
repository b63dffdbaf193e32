import os
import stat
import sys
from pathlib import Path

import pytest

from service.failure import Failure
from service.stack import binaries
from service.stack.account import database_account
from service.stack.binaries import postgresql_programs, temporal_program

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root makes the copy")


def test_the_programs_are_found_in_the_environment() -> None:
    assert os.access(temporal_program(), os.X_OK)
    assert os.access(postgresql_programs(shared=False) / "postgres", os.X_OK)


def test_a_missing_engine_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(Failure, match="run `make install`"):
        temporal_program()


@only_root
def test_the_shared_copy_can_be_run_by_everybody_and_changed_by_root_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "SHARED", tmp_path / "cache")
    before = os.umask(0o077)
    try:
        programs = postgresql_programs(shared=True)
    finally:
        os.umask(before)
    copy = programs.parent.parent.parent
    assert (copy.parent, copy.stat().st_uid) == (tmp_path / "cache", 0)
    for path in (tmp_path / "cache", *copy.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode in ({0o755} if path.is_dir() else {0o644, 0o755}), path
    assert stat.S_IMODE((programs / "postgres").stat().st_mode) == 0o755
    assert postgresql_programs(shared=True) == programs


@only_root
def test_a_shared_copy_that_others_can_change_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "SHARED", tmp_path)
    copy = postgresql_programs(shared=True).parent.parent.parent
    copy.chmod(0o777)
    with pytest.raises(Failure, match="can be changed by others than root: remove it"):
        postgresql_programs(shared=True)


@only_root
def test_an_existing_cluster_keeps_its_account(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, 23456)
    account = database_account(tmp_path)
    assert account is not None
    assert (account.uid, account.gid) == (12345, 23456)


def test_an_ordinary_user_runs_the_database_himself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert database_account(tmp_path) is None
