"""What a long-running process tells of itself: logs, figures of the engine's SDK, traces."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from temporalio import activity, workflow
from temporalio.client import Interceptor
from temporalio.runtime import Runtime

from service.clock import SystemClock
from service.engine.runtime import engine_runtime
from service.logs.setup import set_up_logs
from service.settings import Settings

if TYPE_CHECKING:
    from service.tracing import Tracing


@dataclass(frozen=True)
class Telemetry:
    """What the parts of a process are connected to; ``tracing`` is None without an endpoint."""

    runtime: Runtime
    tracing: "Tracing | None"

    def interceptors(self) -> Sequence[Interceptor]:
        """Return what stands between us and the engine."""
        return [self.tracing.interceptor()] if self.tracing else []


@contextmanager
def telemetry_of(process: Literal["web", "worker"], settings: Settings) -> Iterator[Telemetry]:
    """Set up logs, figures and traces of this process; at the end, send what is left of them.

    Raises Failure if the worker's figures cannot be served where the settings say.
    """
    set_up_logs(SystemClock(), settings.log_format)
    # Ids go into fields of their own; in the sentence they would bring the name of the act along.
    workflow.logger.workflow_info_on_message = False
    activity.logger.activity_info_on_message = False
    tracing = _tracing(process, settings.otlp_endpoint) if settings.otlp_endpoint else None
    try:
        yield Telemetry(
            engine_runtime(settings.worker_metrics if process == "worker" else None), tracing
        )
    finally:
        if tracing:
            tracing.close()


def _tracing(process: str, endpoint: str) -> "Tracing":
    # OpenTelemetry takes a third of a second to load: only who wants traces waits for it.
    from service.tracing import Tracing  # noqa: PLC0415

    return Tracing(process, endpoint)
