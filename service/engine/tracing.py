"""Spans of what goes to the engine, and of what its workers do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opentelemetry.propagators.textmap import TextMapPropagator
from opentelemetry.trace import SpanKind, Tracer
from temporalio import activity
from temporalio.client import (
    Interceptor,
    OutboundInterceptor,
    StartWorkflowInput,
    StartWorkflowUpdateInput,
    StartWorkflowUpdateWithStartInput,
    WorkflowHandle,
    WorkflowUpdateHandle,
)
from temporalio.converter import PayloadConverter
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)
from temporalio.worker import Interceptor as WorkerInterceptor

from service.engine.trace_carrier import HEADER, Headers, TraceCarrier

WORKFLOW_ID = "temporal.workflow_id"


class EngineTracing(Interceptor, WorkerInterceptor):
    """Makes spans of acts, starts and activities; between them the workflow carries the number.

    The SDK's own interceptor counts an act to the trace in which its case was opened months ago.
    """

    def __init__(self, tracer: Tracer, numbers: TextMapPropagator) -> None:
        """Take who makes the spans, and who writes their numbers down."""
        self._tracer = tracer
        self._numbers = numbers

    def intercept_client(self, inner: OutboundInterceptor) -> OutboundInterceptor:
        """Stand between us and the engine."""
        return _Asking(inner, self)

    def intercept_activity(self, inner: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Stand between the engine and our activities."""
        return _Working(inner, self)

    def workflow_interceptor_class(
        self,
        call: WorkflowInterceptorClassInput,  # noqa: ARG002 - the same class for all
    ) -> type[WorkflowInboundInterceptor]:
        """Return who carries the number through workflows."""
        return TraceCarrier

    @contextmanager
    def asking(self, name: str, workflow_id: str, headers: Headers) -> Iterator[Headers]:
        """Make a span of a request, and give the headers that tell its number."""
        with self._tracer.start_as_current_span(
            name, kind=SpanKind.CLIENT, attributes={WORKFLOW_ID: workflow_id}
        ):
            written: dict[str, str] = {}
            self._numbers.inject(written)
            number = PayloadConverter.default.to_payload(written.get(HEADER, ""))
            yield {**headers, HEADER: number}

    @contextmanager
    def working(self, name: str, workflow_id: str, headers: Headers) -> Iterator[None]:
        """Make a span of an activity, below the click that its headers tell of."""
        number = headers.get(HEADER)
        written = {HEADER: PayloadConverter.default.from_payload(number, str)} if number else {}
        with self._tracer.start_as_current_span(
            name,
            context=self._numbers.extract(written),
            kind=SpanKind.SERVER,
            attributes={WORKFLOW_ID: workflow_id},
        ):
            yield


class _Asking(OutboundInterceptor):
    def __init__(self, inner: OutboundInterceptor, tracing: EngineTracing) -> None:
        super().__init__(inner)
        self._tracing = tracing

    async def start_workflow(self, call: StartWorkflowInput) -> WorkflowHandle[Any, Any]:
        name = f"start {call.workflow}"
        with self._tracing.asking(name, call.id, call.headers) as call.headers:
            return await super().start_workflow(call)

    async def start_workflow_update(
        self,
        call: StartWorkflowUpdateInput,
    ) -> WorkflowUpdateHandle[Any]:
        name = f"update {call.update}"
        with self._tracing.asking(name, call.id, call.headers) as call.headers:
            return await super().start_workflow_update(call)

    async def start_update_with_start_workflow(
        self,
        call: StartWorkflowUpdateWithStartInput,
    ) -> WorkflowUpdateHandle[Any]:
        start, update = call.start_workflow_input, call.update_workflow_input
        name = f"start {start.workflow}, update {update.update}"
        with self._tracing.asking(name, start.id, start.headers) as start.headers:
            update.headers = {**update.headers, HEADER: start.headers[HEADER]}
            return await super().start_update_with_start_workflow(call)


class _Working(ActivityInboundInterceptor):
    def __init__(self, inner: ActivityInboundInterceptor, tracing: EngineTracing) -> None:
        super().__init__(inner)
        self._tracing = tracing

    async def execute_activity(self, call: ExecuteActivityInput) -> Any:
        info = activity.info()
        name = f"activity {info.activity_type}"
        with self._tracing.working(name, info.workflow_id or "", call.headers):
            return await super().execute_activity(call)
