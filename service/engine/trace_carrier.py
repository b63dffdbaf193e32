"""Carries the number of a trace through a workflow, from the click that asks to what it causes.

Nothing is measured in here: a workflow is replayed, and a replay must not tell everything again.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.worker import (
    ExecuteWorkflowInput,
    HandleUpdateInput,
    StartActivityInput,
    StartChildWorkflowInput,
    StartLocalActivityInput,
    WorkflowInboundInterceptor,
    WorkflowOutboundInterceptor,
)

HEADER = "traceparent"

CAUSED_WITHIN = timedelta(minutes=1)
"""What a workflow does later, a reminder in three weeks, belongs to no click any more."""

Headers = Mapping[str, Payload]

_carried: ContextVar[tuple[Payload, datetime] | None] = ContextVar("carried", default=None)


class TraceCarrier(WorkflowInboundInterceptor):
    """Takes the number from whoever starts the workflow or sends it an act."""

    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        """Stand on the way out as well."""
        super().init(_WayOut(outbound))

    async def execute_workflow(self, call: ExecuteWorkflowInput) -> Any:
        """Run the workflow for whoever started it."""
        _take(call.headers)
        return await super().execute_workflow(call)

    async def handle_update_handler(self, call: HandleUpdateInput) -> Any:
        """Carry out an act for whoever sent it."""
        _take(call.headers)
        return await super().handle_update_handler(call)


class _WayOut(WorkflowOutboundInterceptor):
    def start_activity(self, call: StartActivityInput) -> workflow.ActivityHandle[Any]:
        call.headers = _give(call.headers)
        return super().start_activity(call)

    def start_local_activity(self, call: StartLocalActivityInput) -> workflow.ActivityHandle[Any]:
        call.headers = _give(call.headers)
        return super().start_local_activity(call)

    async def start_child_workflow(
        self,
        call: StartChildWorkflowInput,
    ) -> workflow.ChildWorkflowHandle[Any, Any]:
        call.headers = _give(call.headers)
        return await super().start_child_workflow(call)


def _take(headers: Headers) -> None:
    number = headers.get(HEADER)
    _carried.set((number, workflow.now() + CAUSED_WITHIN) if number else None)


def _give(headers: Headers) -> Headers:
    carried = _carried.get()
    if carried is None or workflow.now() > carried[1]:
        return headers
    return {**headers, HEADER: carried[0]}
