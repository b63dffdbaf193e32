"""How a command that talks to the engine runs and ends."""

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")

SETTLE = 0.05  # seconds


def run_async(work: Coroutine[Any, Any, Result]) -> Result:
    """Run `work` and return its result.

    A Temporal client that is still busy when the interpreter ends may crash it
    (`PyGILState_Release`, sdk-python issue 300): so it is collected and left a moment here.
    """
    return asyncio.run(_settled(work))


async def _settled(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        return await work
    finally:
        gc.collect()
        await asyncio.sleep(SETTLE)
