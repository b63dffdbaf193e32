"""Work that has begun is done to its end, whoever is told to stop meanwhile."""

import asyncio
import gc
from typing import Any

import pytest

from activities.unbroken import unbroken


async def test_what_has_begun_is_done_before_the_cancellation_goes_on() -> None:
    done: list[str] = []
    has_begun, may_end = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        has_begun.set()
        await may_end.wait()
        done.append("all of it")

    task = asyncio.create_task(unbroken(work()))
    await has_begun.wait()
    task.cancel()
    await asyncio.sleep(0)
    may_end.set()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["all of it"]


async def test_a_result_or_an_error_comes_through() -> None:
    async def work(divisor: int) -> float:
        return 1 / divisor

    assert await unbroken(work(2)) == 0.5
    with pytest.raises(ZeroDivisionError):
        await unbroken(work(0))


async def test_an_error_after_the_cancellation_troubles_nobody() -> None:
    troubles: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, trouble: troubles.append(trouble))
    has_begun, may_end = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        has_begun.set()
        await may_end.wait()
        raise ConnectionResetError

    task = asyncio.create_task(unbroken(work()))
    await has_begun.wait()
    task.cancel()
    await asyncio.sleep(0)
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    gc.collect()
    loop.set_exception_handler(None)

    assert troubles == []
