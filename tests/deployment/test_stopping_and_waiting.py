"""Web and worker processes are asked to stop in the middle of work, or start before the engine."""

import asyncio
import errno
import json
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from uuid_utils.compat import uuid7

from service.settings import Settings
from service.stack.ports import HOST, Ports
from tests.deployment.compose import VALUES, Service
from tests.stack.conftest import RunningServers, until

NOBODY = f"{HOST}:1"
FORM = b"name=nobody&password=nothing-that-fits"


@asynccontextmanager
async def running(service: Service, log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a service by its command; kill it at the end if it still runs."""
    with log.open("w") as output:
        process = await asyncio.create_subprocess_exec(
            *service.command(), env=service.environment, cwd=log.parent, stderr=output
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def lines(log: Path) -> list[str]:
    """What a process has said so far, in whole lines."""
    whole, _, _ = log.read_text().rpartition("\n")
    return [json.loads(line)["event"] for line in whole.splitlines()]


def refuses(port: int) -> bool:
    """Whether nobody takes connections there."""
    with socket.socket() as client:
        return client.connect_ex((HOST, port)) == errno.ECONNREFUSED


async def test_a_worker_that_comes_too_early_says_what_it_waits_for(
    servers: RunningServers, services: dict[str, Any], tmp_path: Path
) -> None:
    port = Ports(tmp_path / "ports.json").of("temporal")
    address, namespace = f"{HOST}:{port}", f"early-{uuid7()}"
    places = {"temporal:7233": address, "default": namespace, "database:5432": NOBODY}
    places["0.0.0.0:9000"] = f"{HOST}:0"
    log = tmp_path / "worker.log"

    async def until_it_says(sentence: str) -> None:
        await asyncio.to_thread(until, lambda: sentence in lines(log), sentence)

    async with running(Service(services["worker-1"], places), log) as worker:
        await until_it_says(f"Temporal at {address} does not answer: the worker waits for it.")
        async with _as_if_at(port, servers.run_file.settings["temporal_address"]):
            await until_it_says(f"Temporal at {address} has no namespace '{namespace}': create it.")
            creating = Service(services["temporal-namespace"], places)
            async with running(creating, tmp_path / "creating.log") as creates:
                assert await creates.wait() == 0
            await until_it_says("The engine is there.")
            await until_it_says("The database does not answer: the worker waits for it.")
            worker.terminate()
            assert await asyncio.wait_for(worker.wait(), 30) == -signal.SIGTERM


async def test_a_web_process_answers_what_it_has_begun_and_takes_no_more(
    settings: Settings, services: dict[str, Any], tmp_path: Path
) -> None:
    assert settings.database_url
    port = Ports(tmp_path / "ports.json").of("web")
    url = f"postgresql://nahtlos_app:{VALUES['NAHTLOS_APP_PASSWORD']}@database:5432/nahtlos"
    places = {
        url: settings.database_url.get_secret_value(),
        "temporal:7233": str(settings.temporal_address),
        "0.0.0.0": HOST,  # noqa: S104 - not here
        "8000": str(port),
    }
    log = tmp_path / "web.log"
    async with running(Service(services["web-1"], places), log) as web:
        said = f"Uvicorn running on http://{HOST}:{port} (Press CTRL+C to quit)"
        await asyncio.to_thread(until, lambda: said in lines(log), "it serves")
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(
            b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(FORM)
        )
        await reader.readuntil(b"100 Continue\r\n\r\n")  # it has begun

        web.terminate()
        await asyncio.to_thread(until, lambda: refuses(port), "it takes no more")
        writer.write(FORM)

        assert (await reader.read()).startswith(b"HTTP/1.1 4")
        assert await asyncio.wait_for(web.wait(), 10) == -signal.SIGTERM


@asynccontextmanager
async def _as_if_at(port: int, address: str) -> AsyncIterator[None]:
    """Pass everything that comes to `port` of this machine on to `address`."""
    host, there = address.split(":")

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(host, int(there))
        await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))

    async with await asyncio.start_server(pass_on, HOST, port):
        yield


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while content := await reader.read(65_536):
        writer.write(content)
        await writer.drain()
    writer.close()
