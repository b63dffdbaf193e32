"""What can be ticked for a family, for programs."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from service.needs.catalogue import needs
from service.web.api_document import refusals
from service.web.dependencies import Caller
from workflows.domain.needs import Need

router = APIRouter(tags=["needs"])

WORK: dict[str, Any] = {
    "key": "work",
    "title": {"de": "Arbeit", "en": "Work"},
    "about": {
        "de": "Darf die Person arbeiten, und wo findet sie Arbeit?",
        "en": "May the person work, and where do they find work?",
    },
    "whom": "person",
    "only": ["has-adult"],
    "pathways": ["work-with-toleration"],
}


class NeedsAnswer(BaseModel):
    """Every need. There are few: ``next`` is always null."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [WORK]}]})

    items: list[Need]
    next: None = None


@router.get("/needs", operation_id="listNeeds", responses=refusals(401, 503))
async def list_needs(caller: Caller) -> NeedsAnswer:  # noqa: ARG001 - for those signed in
    """List what a family may need, who can have it, and the pathways that answer it."""
    return NeedsAnswer(items=list(needs()))
