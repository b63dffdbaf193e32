"""Versions of pathways, for programs: comparing them, and moving paths to newer ones."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel

from service.cases.answers import CaseAnswer
from service.cases.api import THE_CASE, shown_case
from service.errors import NotFound
from service.ledger.states import States
from service.pathways.api import PathwayKey
from service.pathways.repository import get, versions_of
from service.versions.change_words import Titles, sentences_of, titles_of
from service.versions.comparing import key_of, kind_of
from service.versions.moving import birth_dates_of, move_path, path_of, planned, read_versions
from service.versions.schemas import (
    MOVE,
    ChangeAnswer,
    ChangesAnswer,
    MoveToVersion,
    PreviewAnswer,
    Said,
    Version,
    VersionAnswer,
    VersionsAnswer,
)
from service.web.api_document import ACTING, READING_ONE, refusals, replayable
from service.web.dependencies import Caller, Db, Now
from service.web.i18n import Translator
from service.web.idempotency import Key, tell_repeated
from service.web.parts import Parts
from service.web.problems import not_found
from workflows.domain.errors import RuleBroken
from workflows.domain.move_preview import preview_of
from workflows.domain.pathway import Pathway
from workflows.domain.pathway_changes import (
    Change,
    Changed,
    StepAdded,
    StepRemoved,
    changes_between,
)

router = APIRouter()


@router.get(
    "/pathways/{key}/versions",
    operation_id="listPathwayVersions",
    tags=["pathways"],
    responses=refusals(*READING_ONE),
)
async def versions(key: PathwayKey, database: Db, caller: Caller) -> VersionsAnswer:
    """List the published versions of a pathway. A new path starts on the newest."""
    async with database.transaction() as connection:
        found = await versions_of(connection, caller, key)
    if not found:
        raise not_found()
    return VersionsAnswer(
        items=[
            VersionAnswer(
                version=one.pathway.version,
                published_at=one.at,
                published_by=one.by,
                note=one.note,
            )
            for one in found
        ]
    )


@router.get(
    "/pathways/{key}/versions/{version}",
    operation_id="getPathwayVersion",
    tags=["pathways"],
    responses=refusals(*READING_ONE),
)
async def version(key: PathwayKey, version: Version, database: Db, caller: Caller) -> Pathway:
    """Return one version. Paths run on the version that they started with, until they are moved."""
    async with database.transaction() as connection:
        found = await get(connection, caller, key, version)
    if found is None:
        raise not_found()
    return found


@router.get(
    "/pathways/{key}/changes",
    operation_id="comparePathwayVersions",
    tags=["pathways"],
    responses=refusals(*READING_ONE, 422),
)
async def changes(
    request: Request,
    key: PathwayKey,
    earlier: Annotated[Version, Query(alias="from", examples=[1])],
    later: Annotated[Version, Query(alias="to")],
    database: Db,
    caller: Caller,
) -> ChangesAnswer:
    """Compare two versions: what the later one changes, as values and in words."""
    async with database.transaction() as connection:
        found = await read_versions(connection, caller, key)
    if earlier not in found or later not in found:
        raise not_found()
    translators: dict[str, Translator] = request.app.state.translators
    words = {
        language: (t, titles_of(t, found[earlier], found[later]))
        for language, t in translators.items()
    }
    return ChangesAnswer(
        key=key,
        earlier=earlier,
        later=later,
        title=found[later].title,
        changes=[
            _answer(change, words) for change in changes_between(found[earlier], found[later])
        ],
    )


@router.get(
    "/cases/{case_id}/paths/{path_id}/move",
    operation_id="previewMoveOfPath",
    tags=["cases"],
    responses=refusals(*READING_ONE, 422),
)
async def preview(
    case_id: UUID,
    path_id: UUID,
    parts: Parts,
    now: Now,
    caller: Caller,
    version: Annotated[Version | None, Query(description="The newest, unless named.")] = None,
) -> PreviewAnswer:
    """Look at what moving a path to a newer version would change, without moving it."""
    async with parts.database.transaction() as connection:
        state = await States(connection).case(caller, now, case_id)
        if state is None:
            raise NotFound
        path = path_of(state, path_id)
        published = await read_versions(connection, caller, path.pathway)
        born = await birth_dates_of(connection, [case_id])
    target = version or max(published)
    if target not in published:
        raise not_found()
    move = planned(caller, path, published, target, born[case_id], now)
    versions_of_path = {"path": path_id, "earlier": path.version, "later": target}
    try:
        found = preview_of(state, move, now)
    except RuleBroken as broken:
        step = broken.params.get("step")
        return PreviewAnswer(**versions_of_path, hindered_by=broken.code, step=step)
    return PreviewAnswer(**versions_of_path, **vars(found))


@router.post(
    "/cases/{case_id}/paths/{path_id}/move",
    operation_id="movePath",
    tags=["cases"],
    responses=refusals(*ACTING) | replayable(200, THE_CASE),
)
async def move(
    case_id: UUID,
    path_id: UUID,
    body: Annotated[MoveToVersion, Body(openapi_examples=MOVE)],
    key: Key,
    parts: Parts,
    caller: Caller,
    response: Response,
) -> CaseAnswer:
    """Move a path to a newer version. What has begun stays as it began."""
    tell_repeated(response, await move_path(parts, caller, case_id, path_id, body, key))
    return await shown_case(parts, caller, case_id)


def _answer(change: Change, words: Mapping[str, tuple[Translator, Titles]]) -> ChangeAnswer:
    return ChangeAnswer(
        kind=kind_of(change),
        step=key_of(change),
        field=change.field if isinstance(change, Changed) else None,
        before=_value(change.before if isinstance(change, Changed) else _gone(change)),
        after=_value(change.after if isinstance(change, Changed) else _come(change)),
        said=Said(**{name: sentences_of(t, change, titles) for name, (t, titles) in words.items()}),
    )


def _gone(change: StepAdded | StepRemoved) -> object:
    return change.step if isinstance(change, StepRemoved) else None


def _come(change: StepAdded | StepRemoved) -> object:
    return change.step if isinstance(change, StepAdded) else None


def _value(value: Any) -> Any:
    """Return a value of the model as JSON has it."""
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value
