"""The runtime of Temporal's SDK: where its own log lines and its own figures go."""

import logging
from datetime import timedelta

from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)

from service.failure import Failure

LEDGER_DELAY = "nahtlos_ledger_delay"

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 3600.0)
"""Seconds; the last ones tell a database that was away for a while from one that is slow."""

# The fields of a line are left out: a failure among them says what its exception said.
_LOGGING = LoggingConfig(
    filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
    forwarding=LogForwardingConfig(
        logger=logging.getLogger("temporalio.core"),
        append_target_to_name=False,
        prepend_target_on_message=False,
        append_log_fields_to_message=False,
    ),
)


def engine_runtime(metrics: str | None) -> Runtime:
    """Return a runtime that logs with us and serves its figures at ``metrics`` (HOST:PORT).

    Raises Failure if nothing can be served there.
    """
    served = (
        PrometheusConfig(
            bind_address=metrics,
            counters_total_suffix=True,
            unit_suffix=True,
            durations_as_seconds=True,
            histogram_bucket_overrides={LEDGER_DELAY: BUCKETS},
        )
        if metrics
        else None
    )
    try:
        telemetry = TelemetryConfig(logging=_LOGGING, metrics=served, attach_service_name=False)
        return Runtime(telemetry=telemetry)
    except (RuntimeError, ValueError) as refused:
        raise Failure(
            f"The worker cannot serve its metrics at {metrics}: set NAHTLOS_WORKER_METRICS to a "
            "HOST:PORT of this machine that is free."
        ) from refused


class LedgerDelay:
    """How long it takes from an event until it stands in the ledger."""

    def __init__(self, runtime: Runtime) -> None:
        """Take the runtime that serves the figure."""
        self._histogram = runtime.metric_meter.create_histogram_timedelta(
            LEDGER_DELAY, "Time from an event to its commit in the ledger.", "s"
        )

    def observe(self, delay: timedelta) -> None:
        """Count one entry; the clocks of two machines may differ by a little."""
        self._histogram.record(max(delay, timedelta()))
