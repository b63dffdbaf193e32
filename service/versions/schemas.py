"""What programs and pages send to move a path, and what they get about versions."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi.openapi.models import Example
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from service.cases.examples import PATH_ID
from service.cases.schemas import Body
from workflows.domain.joins import Key
from workflows.domain.pathway import Texts

VERSION: dict[str, Any] = {
    "version": 2,
    "published_at": "2026-11-28T09:00:00Z",
    "published_by": "Karin Busch",
    "note": "The job centre answers within a week now.",
}
CHANGE: dict[str, Any] = {
    "kind": "changed",
    "step": "school-start",
    "field": "terms.respond",
    "before": "10 working days",
    "after": "5 working days",
    "said": {
        "de": ["Frist für die Antwort: 5 Arbeitstage statt 10 Arbeitstage"],
        "en": ["Time for the answer: 5 working days instead of 10 working days"],
    },
}
PREVIEW: dict[str, Any] = {
    "path": PATH_ID,
    "from": 1,
    "to": 2,
    "comes": ["health-check"],
    "goes": [],
    "follows": ["school-place", "school-start"],
    "stays": ["school-advice"],
    "becomes_due": [],
    "waits_again": [],
    "hindered_by": None,
    "step": None,
}
MOVE: dict[str, Example] = {"to version 2": {"value": {"version": 2}}}

HIGHEST_VERSION = 1_000_000
Version = Annotated[int, Field(ge=1, le=HIGHEST_VERSION, examples=[2])]


class MoveToVersion(Body):
    """The version that a path is moved to: published, and later than its own."""

    version: Version


class VersionAnswer(BaseModel):
    """A published version. Who published it, and why, is null where it came with Nahtlos."""

    model_config = ConfigDict(json_schema_extra={"examples": [VERSION]})

    version: int
    published_at: AwareDatetime
    published_by: str | None
    note: str | None


class VersionsAnswer(BaseModel):
    """The published versions of a pathway, the newest first. ``next`` is always null."""

    items: list[VersionAnswer]
    next: None = None


class Said(BaseModel):
    """What is different, in the languages of the interface."""

    de: list[str]
    en: list[str]


class ChangeAnswer(BaseModel):
    """One thing that is different between two versions.

    ``step`` is the key of a step, null for the pathway as a whole. ``field`` is the name in the
    pathway, null for a step that was added or removed. ``before`` and ``after`` are values as the
    pathway has them; of a step that was added or removed, the step.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGE]})

    kind: Literal["added", "removed", "changed"]
    step: Key | None
    field: str | None
    before: Any
    after: Any
    said: Said


class ChangesAnswer(BaseModel):
    """What a later version changes."""

    model_config = ConfigDict(populate_by_name=True)

    key: Key
    earlier: Annotated[int, Field(alias="from")]
    later: Annotated[int, Field(alias="to")]
    title: Texts
    changes: list[ChangeAnswer]


class PreviewAnswer(BaseModel):
    """What a move would change for one path, by keys of its steps.

    ``follows``: not begun, and from then on as the new version defines them; ``stays``: begun, and
    left as they are. ``hindered_by`` is the code of the rule that stands against the move, ``step``
    the step that it is about; then nothing would change.
    """

    model_config = ConfigDict(populate_by_name=True, json_schema_extra={"examples": [PREVIEW]})

    path: UUID
    earlier: Annotated[int, Field(alias="from")]
    later: Annotated[int, Field(alias="to")]
    comes: list[Key] = []
    goes: list[Key] = []
    follows: list[Key] = []
    stays: list[Key] = []
    becomes_due: list[Key] = []
    waits_again: list[Key] = []
    hindered_by: str | None = None
    step: Key | None = None
