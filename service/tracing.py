"""Traces from a click to the ledger (OpenTelemetry), for those who set an endpoint.

This module is imported only then: without an endpoint it costs nothing. Instrumentation of other
packages notes addresses, queries and messages of exceptions; so what leaves this process is
chosen by ``Discreet``, whatever they note.
"""

from collections.abc import Sequence

from fastapi.telemetry import TelemetryConfig
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asyncpg import AsyncPGInstrumentor
from opentelemetry.propagate import set_global_textmap
from opentelemetry.propagators.textmap import CarrierT, Getter, default_getter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from temporalio.client import Interceptor

from service.engine.tracing import WORKFLOW_ID, EngineTracing
from service.web.request_record import PROBES

ATTRIBUTES = frozenset(
    {
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "error.type",
        "db.system",
        "db.statement",  # as SQLAlchemy writes it: with $1, $2 in place of values
        "exception.type",
        WORKFLOW_ID,
    }
)
"""What a span may say; the rest stays here."""

TRACEPARENT = "traceparent"
STATIC = "/static/"


class Tracing:
    """The tracing of one process."""

    def __init__(self, process: str, endpoint: str) -> None:
        """Prepare to send the spans of ``nahtlos-PROCESS`` to ``endpoint`` (OTLP over HTTP).

        The exporter reads OpenTelemetry's own variables for headers, certificates and timeouts.
        """
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        self._provider = TracerProvider(
            resource=Resource.create({SERVICE_NAME: f"nahtlos-{process}"})
        )
        self._provider.add_span_processor(BatchSpanProcessor(Discreet(exporter)))
        set_global_textmap(NumbersOnly())
        self._database = AsyncPGInstrumentor(capture_parameters=False)  # type: ignore[no-untyped-call]
        self._database.instrument(tracer_provider=self._provider)

    def interceptor(self) -> Interceptor:
        """Return what follows a click to the engine and through it."""
        return EngineTracing(self._provider.get_tracer("nahtlos"), NumbersOnly())

    def of_requests(self) -> TelemetryConfig:
        """Return what makes a span of every request that a person or a program sends."""
        return TelemetryConfig(
            {
                "tracer_provider": self._provider,
                "operation_spans": False,
                "metrics": False,
                "logs": False,
                "auto_configure": False,
                "exclude": lambda scope: (
                    scope["path"] in PROBES or scope["path"].startswith(STATIC)
                ),
            }
        )

    def close(self) -> None:
        """Send what has not been sent yet."""
        self._database.uninstrument()
        self._provider.shutdown()


class NumbersOnly(TraceContextTextMapPropagator):
    """Passes on the numbers of trace and span, and nothing that somebody wrote beside them."""

    def extract(
        self,
        carrier: CarrierT,
        context: Context | None = None,
        getter: Getter[CarrierT] = default_getter,
    ) -> Context:
        """Read the numbers from the headers of a request or of a message."""
        numbers = {TRACEPARENT: list(getter.get(carrier, TRACEPARENT) or ())}
        return super().extract(numbers, context)


class Discreet(SpanExporter):
    """Hands spans on without anything that could name somebody."""

    def __init__(self, exporter: SpanExporter) -> None:
        """Take who sends them."""
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send what may be said of the spans."""
        return self._exporter.export([_discreet(span) for span in spans])

    def shutdown(self) -> None:
        """End."""
        self._exporter.shutdown()


def _discreet(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes={k: v for k, v in (span.attributes or {}).items() if k in ATTRIBUTES},
        events=[
            Event(
                event.name,
                {k: v for k, v in (event.attributes or {}).items() if k in ATTRIBUTES},
                event.timestamp,
            )
            for event in span.events
        ],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
