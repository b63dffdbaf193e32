"""Whether people can work: asked of every part, and answered in time."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from service.bootstrap import Container
from service.database import Database
from service.engine.client import connect
from service.engine.engine import Engine
from service.settings import Settings
from tests.world import World


@pytest.fixture
async def silent() -> AsyncIterator[str]:
    """A server that takes connections and never answers."""

    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    yield f"127.0.0.1:{port}"
    server.close()


async def ask(app: FastAPI, container: Container) -> tuple[int, dict[str, bool]]:
    app.state.container = container
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://nahtlos.test") as client:
        answer = await client.get("/readyz")
    assert answer.headers["content-type"] == "application/json"
    return answer.status_code, answer.json()


async def with_engine_at(container: Container, address: str) -> Container:
    settings = Settings(temporal_address=address)
    client = await connect(settings, lazily=True)
    return replace(container, client=client, engine=Engine(client))


def without(*parts: str) -> tuple[int, dict[str, bool]]:
    answer = {part: part not in parts for part in ("ready", "database", "engine", "worker")}
    return 503, answer | {"ready": False}


@pytest.fixture
async def at_work(app: FastAPI, working: World) -> Container:
    """The parts, with a worker whose first poll has arrived."""
    for _ in range(100):
        if (await ask(app, working.container))[1]["worker"]:
            break
        await asyncio.sleep(0.05)
    return working.container


async def test_ready_when_everything_answers(app: FastAPI, at_work: Container) -> None:
    everything = {"ready": True, "database": True, "engine": True, "worker": True}
    assert await ask(app, at_work) == (200, everything)


async def test_without_a_worker(app: FastAPI, container: Container) -> None:
    assert await ask(app, container) == without("worker")


async def test_without_the_database(app: FastAPI, at_work: Container) -> None:
    nowhere = Database("postgresql://nobody:x@127.0.0.1:1/none?sslmode=disable")
    container = replace(at_work, database=nowhere)
    assert await ask(app, container) == without("database")


async def test_without_the_engine(app: FastAPI, container: Container) -> None:
    container = await with_engine_at(container, "127.0.0.1:1")
    assert await ask(app, container) == without("engine", "worker")


async def test_parts_that_hang_are_given_up_in_time(
    app: FastAPI, container: Container, silent: str
) -> None:
    container = await with_engine_at(container, silent)
    hanging = Database(f"postgresql://nobody:x@{silent}/none?sslmode=disable")
    began = time.monotonic()
    answer = await ask(app, replace(container, database=hanging))
    assert answer == without("database", "engine", "worker")
    assert time.monotonic() - began < 4
