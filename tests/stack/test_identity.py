import json
import os
import socket
from pathlib import Path

from service.stack.ports import HOST
from service.stack.probe import listens
from tests.stack.conftest import RunningServers, StartServers


def test_an_open_port_counts_only_for_the_process_that_listens(running: RunningServers) -> None:
    with socket.create_server((HOST, 0)) as ours:
        port = ours.getsockname()[1]
        assert listens(os.getpid(), port)
        assert not listens(running.child("temporal").pid, port)
    assert not listens(os.getpid(), port)


def test_a_process_that_is_gone_does_not_listen() -> None:
    assert not listens(2**22 + 1, 1)


def change(identities: Path, server: str) -> None:
    content = json.loads(identities.read_text())
    identities.write_text(json.dumps({**content, server: "another"}))


def test_another_database_is_refused(start: StartServers, data: Path) -> None:
    start("postgresql").wait_until_ready().stop()
    change(data / "identities.json", "postgresql")
    second = start("postgresql")
    assert second.process.wait(30) == 1
    assert "is not the database that this data directory was made with" in second.talk


def test_another_engine_file_is_refused(start: StartServers, data: Path) -> None:
    start("temporal").wait_until_ready().stop()
    change(data / "identities.json", "temporal")
    second = start("temporal")
    assert second.process.wait(30) == 1
    assert "is not the file that this data directory was made with" in second.talk


def test_a_lost_engine_file_is_replaced_with_a_word_on_how_to_rebuild(
    start: StartServers, data: Path
) -> None:
    start("temporal").wait_until_ready().stop()
    before = json.loads((data / "identities.json").read_text())["temporal"]
    (data / "temporal.db").unlink()
    second = start("temporal").wait_until_ready()
    assert "`nahtlos engine rebuild` brings the running cases back" in second.talk
    assert json.loads((data / "identities.json").read_text())["temporal"] != before


def test_a_first_start_says_nothing_of_a_rebuild(start: StartServers) -> None:
    assert "rebuild" not in start("temporal").wait_until_ready().talk
