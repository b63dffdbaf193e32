"""Can this installation read what the workflows remember?"""

import asyncio

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryRequest
from temporalio.client import Client
from temporalio.service import RPCError

from service.doctor.results import CannotAsk, Fault, Result, Well
from service.doctor.subject import Subject
from workflows.names import TASK_QUEUE

NEWEST = 50
"""So many workflows are looked at: whoever forgot the key wrote none of the latest."""

PLAIN = frozenset({"binary/null", "binary/plain", "json/plain", "json/protobuf", "binary/protobuf"})
"""Encodings of the SDK's own converters; what else there is was made by a codec, with a key."""


class HistoriesCheck:
    """Looks at how the latest workflows' inputs are encoded, never into them."""

    name = "histories"

    def __init__(self, subject: Subject, task_queue: str = TASK_QUEUE) -> None:
        self._subject = subject
        self._task_queue = task_queue

    async def run(self) -> Result:
        """Compare the encodings with those that need no key."""
        client = await self._subject.engine()
        try:
            found = await _encodings(client, self._task_queue)
        except RPCError:
            raise CannotAsk("The engine cannot be asked.") from None
        unreadable = sorted(found - PLAIN)
        if unreadable:
            return Fault(
                f"Histories are encrypted (encoding {', '.join(unreadable)}), and the key to them "
                "is missing here.",
                "Set NAHTLOS_CODEC_KEY to the key that wrote them, for web and workers alike.",
            )
        return Well("Everything in them can be read." if found else "There are none yet.")


async def _encodings(client: Client, task_queue: str) -> set[str]:
    workflows = client.list_workflows(f"TaskQueue = '{task_queue}'", limit=NEWEST)
    runs = [WorkflowExecution(workflow_id=w.id, run_id=w.run_id) async for w in workflows]
    return set().union(*await asyncio.gather(*(_encodings_of(client, run) for run in runs)))


async def _encodings_of(client: Client, run: WorkflowExecution) -> set[str]:
    answer = await client.workflow_service.get_workflow_execution_history(
        GetWorkflowExecutionHistoryRequest(
            namespace=client.namespace, execution=run, maximum_page_size=1
        )
    )
    return {
        payload.metadata["encoding"].decode("ascii", "replace")
        for event in answer.history.events
        for payload in event.workflow_execution_started_event_attributes.input.payloads
    }
