"""What the engine remembers of a story, as text that can be searched."""

import base64
import json
from typing import Any

from temporalio.client import Client

from service.stack.runfile import settings_for
from tests.story.family import Story
from tests.story.nahtlos import RunningNahtlos


async def histories_of(nahtlos: RunningNahtlos, story: Story) -> dict[str, str]:
    """Return every workflow's history and search attributes, payloads decoded, by workflow id.

    The server's own files are among them: whatever it keeps anywhere, it keeps there.
    """
    settings = settings_for(nahtlos.data)
    assert settings.temporal_address
    client = await Client.connect(settings.temporal_address)
    places: dict[str, str] = {}
    async for workflow in client.list_workflows():
        handle = client.get_workflow_handle(workflow.id, run_id=workflow.run_id)
        history = await handle.fetch_history()
        attributes = dict(workflow.search_attributes)
        places[f"{workflow.id} {workflow.run_id}"] = f"{_decoded(history.to_json())} {attributes}"
    assert any(str(story.case_id) in place for place in places)
    for file in nahtlos.data.glob("temporal.db*"):
        places[str(file)] = file.read_bytes().decode("utf-8", "replace")
    return places


def _decoded(history: str) -> str:
    """Write the payloads of a history out."""

    def readable(value: Any) -> Any:
        if isinstance(value, dict):
            data = value.get("data")
            if isinstance(data, str) and "metadata" in value:
                return base64.b64decode(data).decode("utf-8", "replace")
            return {key: readable(one) for key, one in value.items()}
        if isinstance(value, list):
            return [readable(one) for one in value]
        return value

    return json.dumps(readable(json.loads(history)), ensure_ascii=False)
