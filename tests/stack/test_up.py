import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from service.stack.runfile import RunFile
from tests.stack.conftest import PATIENCE, all_gone, until, without_settings


@pytest.fixture
def up(data: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        (sys.executable, "-m", "service.cli", "up", "--data", data, "--port", "0", "--no-demo"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=without_settings(),
    ) as process:
        yield process
        process.terminate()


def status(address: str, path: str) -> int:
    connection = HTTPConnection(urlsplit(address).netloc)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def test_the_whole_stack_starts_survives_a_killed_process_and_stops(
    up: subprocess.Popen[str], data: Path
) -> None:
    assert up.stdout is not None
    assert up.stderr is not None
    ready = up.stdout.readline()
    assert re.fullmatch(r"ready: http://127\.0\.0\.1:\d+\n", ready), up.stderr.read()
    address = ready.removeprefix("ready: ").strip()
    assert status(address, "/readyz") == 200
    assert status(address, "/first-administrator") == 200

    before = RunFile.read(data / "run.json")
    assert before is not None
    assert set(before.children) == {"postgresql", "temporal", "mail", "worker", "web"}
    assert before.settings["public_url"] == address
    family = psutil.Process(up.pid).children(recursive=True)
    for name in ("worker", "web"):
        process = before.children[name].running()
        assert process is not None
        process.kill()
    until(lambda: status(address, "/readyz") == 200, "the pages are back")

    up.send_signal(signal.SIGINT)
    rest, talk = up.communicate(timeout=PATIENCE)
    assert (up.returncode, rest) == (0, "")
    assert address in talk
    assert f"{address}/first-administrator" in talk
    [code] = re.findall(r"Set-up code: ([A-Z2-9-]{19})\n", talk)
    logs = [log.read_text() for log in (data / "logs").iterdir()]
    assert [log for log in logs if code in log] == []
    assert "Demo accounts" not in talk
    assert "web has ended and is started again." in talk
    assert "worker has ended and is started again." in talk
    assert all_gone(family)
    assert not (data / "run.json").exists()
