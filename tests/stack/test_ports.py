import socket
import subprocess
import sys
from pathlib import Path

from service.stack.ports import CANDIDATES, HOST, Ports, is_free
from tests.stack.conftest import without_settings


def test_a_port_is_remembered(tmp_path: Path) -> None:
    port = Ports(tmp_path / "ports.json").of("web")
    assert port in CANDIDATES
    assert Ports(tmp_path / "ports.json").of("web") == port


def test_two_programs_get_two_ports(tmp_path: Path) -> None:
    ports = Ports(tmp_path / "ports.json")
    assert len({ports.of(f"program {n}") for n in range(50)}) == 50


def test_a_remembered_port_that_somebody_took_is_replaced(tmp_path: Path) -> None:
    port = Ports(tmp_path / "ports.json").of("web")
    with socket.create_server((HOST, port)):
        assert not is_free(port)
        assert Ports(tmp_path / "ports.json").of("web") != port


def test_a_taken_web_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            (sys.executable, "-m", "service.cli", "up", "--data", tmp_path, "--port", str(port)),
            capture_output=True,
            text=True,
            env=without_settings(),
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr == (
        f"Port {port} is in use: choose another with --port (0 takes a free one).\n"
    )
