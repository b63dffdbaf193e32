"""The web process."""

import asyncio

import uvicorn

from service.bootstrap import container_for
from service.garbage import spare_what_is_loaded
from service.schema import refuse_other_tables
from service.settings import Settings
from service.telemetry import Telemetry, telemetry_of
from service.web.app import UNTRACED, create_app

SECONDS_TO_FINISH = 20
"""A stopping process takes no more requests, and has so long for those that it has taken: an act
waits for its confirmation for 15 seconds at most."""


def run(settings: Settings, port: int, host: str = "127.0.0.1") -> None:
    """Serve until the process is told to stop."""
    with telemetry_of("web", settings) as telemetry:
        asyncio.run(_serve(settings, telemetry, host, port))


async def _serve(settings: Settings, telemetry: Telemetry, host: str, port: int) -> None:
    async with container_for(settings, telemetry=telemetry) as container:
        await refuse_other_tables(container.database)
        tracing = telemetry.tracing
        app = create_app(container, tracing.of_requests() if tracing else UNTRACED)
        spare_what_is_loaded()
        # Our own line for each request says the route, not the address; our logs are set up.
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )
        await uvicorn.Server(config).serve()
