"""What pages and programs send to the editor, and what programs get."""

from typing import Annotated, Any

from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field

from service.cases.schemas import Body
from service.versions.schemas import Version
from service.web.text import Paragraphs
from workflows.domain.joins import Key
from workflows.domain.pathway import Pathway

LONGEST_NOTE = 500
"""Letters."""

TEXT = """\
key: small
version: 1
title: {de: Klein, en: Small}
summary: {de: Ein kleiner Weg., en: A small path.}
steps:
  - key: advice
    title: {de: Beratung, en: Advice}
    legal_area: integration-advice
    statutes: []
"""
FAULT: dict[str, Any] = {
    "line": 8,
    "column": 5,
    "field": "steps > advice > legal_area",
    "sentence": "no agency has the legal area 'integration-advise'; did you mean …",
}
NEW: dict[str, Example] = {
    "a new pathway": {"value": {"text": TEXT, "note": "Decided by the steering group in June."}}
}
NEXT: dict[str, Example] = {
    "on version 1": {"value": {"text": TEXT, "note": "The advice takes longer now.", "based_on": 1}}
}
CHECK: dict[str, Example] = {"a text": {"value": {"text": TEXT, "key": "small"}}}

Note = Annotated[Paragraphs, Field(min_length=1, max_length=LONGEST_NOTE)]
"""Why a version is published."""


class NewPathway(Body):
    """The first version of a pathway. ``text``: YAML, as in the shipped files.

    The number of the version in it is set by Nahtlos.
    """

    text: str
    note: Note


class NextVersion(Body):
    """A new version of a pathway. ``based_on``: the newest version when the author began.

    ``proposal`` is the number of the proposed version that it takes up, if it does.
    """

    text: str
    note: Note
    based_on: Version
    proposal: Version | None = None


class TextToCheck(Body):
    """A text to check. ``key``: of the pathway that it is to be a version of; null: a new one."""

    text: str
    key: Key | None = None


class FaultAnswer(BaseModel):
    """One fault of a text, by its place, counted from 1.

    ``field`` is the way to it, empty for the text itself. ``sentence`` says what is wrong and what
    to write instead, in the language that was asked for.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [FAULT]})

    line: int
    column: int
    field: str
    sentence: str


class CheckAnswer(BaseModel):
    """What is wrong with a text; if nothing is, the pathway in it."""

    faults: list[FaultAnswer]
    pathway: Pathway | None


class PublishedAnswer(BaseModel):
    """A version that was published, under the number that Nahtlos gave it."""

    key: Key
    version: int
