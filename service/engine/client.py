"""The connection to the Temporal server."""

from collections.abc import Sequence
from pathlib import Path

from temporalio.client import Client, Interceptor
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.runtime import Runtime
from temporalio.service import TLSConfig

from service.settings import Settings


async def connect(
    settings: Settings,
    *,
    lazily: bool,
    runtime: Runtime | None = None,
    interceptors: Sequence[Interceptor] = (),
) -> Client:
    """Return a client of the server that the settings name.

    A lazy one connects with its first call, so that pages are served while the engine is away;
    a worker needs one that is connected: RuntimeError if the server does not answer.
    """
    if settings.temporal_address is None:
        raise RuntimeError("NAHTLOS_TEMPORAL_ADDRESS is not set")
    api_key = settings.temporal_api_key
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=pydantic_data_converter,
        tls=_tls(settings),
        api_key=api_key.get_secret_value() if api_key else None,
        lazy=lazily,
        runtime=runtime,
        interceptors=interceptors,
    )


def _tls(settings: Settings) -> TLSConfig | bool:
    if not settings.temporal_tls:
        return False
    return TLSConfig(
        client_cert=_content(settings.temporal_tls_client_cert),
        client_private_key=_content(settings.temporal_tls_client_key),
    )


def _content(path: Path | None) -> bytes | None:
    return path.read_bytes() if path else None
