"""The web process."""

import asyncio
import gc

import uvicorn

from service.bootstrap import container_for
from service.settings import Settings
from service.web.app import create_app

GARBAGE_THRESHOLDS = (50_000, 20, 20)
"""What is loaded at start stays: collecting less often halves the slowest answers."""


def run(settings: Settings, port: int, host: str = "127.0.0.1") -> None:
    """Serve until the process is told to stop."""
    asyncio.run(_serve(settings, host, port))


async def _serve(settings: Settings, host: str, port: int) -> None:
    async with container_for(settings) as container:
        app = create_app(container)
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GARBAGE_THRESHOLDS)
        # Addresses in the access log carry ids only; still, nobody needs a diary of who read what.
        config = uvicorn.Config(app, host=host, port=port, access_log=False, server_header=False)
        await uvicorn.Server(config).serve()
