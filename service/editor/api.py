"""The editor for programs: checking a text, and publishing it."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Body, Response

from service.editor.checking import aside, check_text, tidied
from service.editor.key_rules import is_free, keeps
from service.editor.publishing import PublishedNow, publish_new, publish_next
from service.editor.refusals import refusing
from service.editor.repository import all_keys
from service.editor.schemas import (
    CHECK,
    NEW,
    NEXT,
    CheckAnswer,
    FaultAnswer,
    NewPathway,
    NextVersion,
    PublishedAnswer,
    TextToCheck,
)
from service.pathways.api import PathwayKey
from service.pathways.faults import Fault, FaultyPathways
from service.pathways.repository import check_edits
from service.web.api_document import ACTING, API_PREFIX, refusals, replayable
from service.web.dependencies import Caller, Db, T
from service.web.i18n import Translator
from service.web.idempotency import REPLAYED, Key
from service.web.parts import Parts

router = APIRouter(prefix="/pathways", tags=["pathways"])

THE_VERSION = "The version that was published."


@router.post("/check", operation_id="checkPathway", responses=refusals(401, 403, 422, 503))
async def check(
    body: Annotated[TextToCheck, Body(openapi_examples=CHECK)],
    database: Db,
    caller: Caller,
    t: T,
    key: Key,  # noqa: ARG001 - a check changes nothing, however often it comes
) -> CheckAnswer:
    """Check the text of a pathway. Nothing is kept."""
    check_edits(caller)
    async with database.transaction() as connection:
        rule = keeps(body.key) if body.key else is_free(await all_keys(connection, caller))
    try:
        pathway = await aside(partial(check_text, tidied(body.text), rule))
    except FaultyPathways as faulty:
        return CheckAnswer(faults=[_answer(t, fault) for fault in faulty.faults], pathway=None)
    return CheckAnswer(faults=[], pathway=pathway)


@router.post(
    "",
    status_code=201,
    operation_id="publishPathway",
    responses=refusals(401, 403, 409, 422, 503) | replayable(201, THE_VERSION),
)
async def publish(
    body: Annotated[NewPathway, Body(openapi_examples=NEW)],
    key: Key,
    parts: Parts,
    caller: Caller,
    t: T,
    response: Response,
) -> PublishedAnswer:
    """Publish a new pathway as its version 1. New cases can begin on it at once."""
    return _told(response, await refusing(t, publish_new(parts, caller, body, key)))


@router.post(
    "/{key}/versions",
    status_code=201,
    operation_id="publishPathwayVersion",
    responses=refusals(*ACTING) | replayable(201, THE_VERSION),
)
async def publish_version(
    key: PathwayKey,
    body: Annotated[NextVersion, Body(openapi_examples=NEXT)],
    request_key: Key,
    parts: Parts,
    caller: Caller,
    t: T,
    response: Response,
) -> PublishedAnswer:
    """Publish the next version of a pathway. Paths under way stay on theirs."""
    return _told(response, await refusing(t, publish_next(parts, caller, key, body, request_key)))


def _told(response: Response, done: PublishedNow) -> PublishedAnswer:
    response.headers["Location"] = f"{API_PREFIX}/pathways/{done.key}/versions/{done.version}"
    if done.repeated:
        response.headers[REPLAYED] = "true"
    return PublishedAnswer(key=done.key, version=done.version)


def _answer(t: Translator, fault: Fault) -> FaultAnswer:
    line, column = (fault.place.line, fault.place.column) if fault.place else (1, 1)
    return FaultAnswer(
        line=line, column=column, field=fault.field_said(t), sentence=fault.sentence.said(t)
    )
