"""Waiting for the engine: a worker that starts first says what it waits for, and goes on."""

import asyncio
import logging

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.service import RPCError, RPCStatusCode

from service.engine.client import connect
from service.settings import Settings

PAUSE = 1.0  # seconds

log = logging.getLogger(__name__)


async def until_the_engine_answers(settings: Settings) -> None:
    """Return once the Temporal server answers and has our namespace.

    What stands against it is logged when it changes, in a sentence.
    """
    told = None
    while obstacle := await _obstacle(settings):
        if obstacle != told:
            log.warning("%s", obstacle)
            told = obstacle
        await asyncio.sleep(PAUSE)
    if told:
        log.info("The engine is there.")


async def _obstacle(settings: Settings) -> str | None:
    client = await connect(settings, lazily=True)
    address, namespace = settings.temporal_address, settings.temporal_namespace
    try:
        await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=namespace)
        )
    except RuntimeError:  # what a client says that cannot connect
        return f"Temporal at {address} does not answer: the worker waits for it."
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return f"Temporal at {address} has no namespace '{namespace}': create it."
        return f"Temporal at {address} refuses us ({error.status.name}): the worker tries again."
    return None
