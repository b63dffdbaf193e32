"""The pages on which paths are moved to newer versions: one of a case, or many of the office."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cases.repository import Cases
from service.cases.views import CaseView, PathView
from service.desk.limits import HowMany, Shown
from service.ledger.states import States
from service.pathways.api import PathwayKey
from service.reference import as_uuid
from service.versions.moving import birth_dates_of, move_path, path_of, read_versions
from service.versions.previews import PreviewWords, preview_in_words
from service.versions.repository import OfficePath, office_paths, paths_on_earlier
from service.versions.schemas import HIGHEST_VERSION, MoveToVersion
from service.versions.together import Moved, move_together
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import _
from service.web.obstacles import Obstacle, attempt
from service.web.parts import Parts
from service.web.problems import not_found, standard_refusal
from service.web.visitors import Visitor
from workflows.domain.pathway import Pathway
from workflows.domain.principal import Principal, Role

router = APIRouter()


@dataclass(frozen=True)
class Sheet:
    """What the page of one path shows; ``version`` is the one that it would be moved to."""

    case: CaseView
    path: PathView
    version: int
    preview: PreviewWords


@dataclass(frozen=True)
class Candidate:
    """A path of the office that can be moved, and what that would change."""

    path: OfficePath
    preview: PreviewWords


@router.get("/cases/{case_id}/paths/{path_id}/move")
async def show_move(
    request: Request,
    case_id: UUID,
    path_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Show what the newest version would change for a path."""
    async with parts.database.transaction() as connection:
        sheet = await _sheet(connection, principal, visitor, case_id, path_id)
    return _render_one(request, sheet, Form({}))


@router.post("/cases/{case_id}/paths/{path_id}/move")
async def move(
    request: Request,
    case_id: UUID,
    path_id: UUID,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
) -> Response:
    """Move the path to the version that was looked at."""
    form, t = await sent_form(request), visitor.t
    body = MoveToVersion(version=_version_of(form))
    done = await attempt(t, move_path(parts, principal, case_id, path_id, body, form.key))
    if isinstance(done, Obstacle):
        async with parts.database.transaction() as connection:
            sheet = await _sheet(connection, principal, visitor, case_id, path_id)
        return _render_one(request, sheet, form, done)
    flash = Flash(
        t(_("The path runs on version %(version)s."), version=body.version),
        t(_("What had begun goes on as it began. Everything else follows the new version.")),
    )
    return redirect(request, f"/cases/{case_id}", flash)


@router.get("/pathways/{key}/move")
async def show_many(
    request: Request,
    key: PathwayKey,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
    shown: HowMany,
) -> Response:
    """Show the office's paths on earlier versions, and what the newest would change for each."""
    return await _render_many(request, visitor, principal, parts, key, shown, Form({}))


@router.post("/pathways/{key}/move")
async def move_many(
    request: Request,
    key: PathwayKey,
    visitor: CurrentVisitor,
    principal: SignedIn,
    parts: Parts,
    shown: HowMany,
) -> Response:
    """Move the paths that were ticked, or all that were shown, and say what came of each."""
    form = await sent_form(request)
    of_all = form.value("do") == "all"
    chosen = form.value("listed").split() if of_all else form.values("path")
    ids = [path_id for path_id in map(as_uuid, chosen) if path_id]
    if not ids:
        form.refuse("path", visitor.t(_("Please tick the paths that are to be moved.")))
        return await _render_many(request, visitor, principal, parts, key, shown, form)
    async with parts.database.transaction() as connection:
        found = await office_paths(connection, principal, visitor.now, ids)
    body = MoveToVersion(version=_version_of(form))
    moved = await move_together(parts, principal, visitor.t, found, body, form.key)
    return await _render_many(request, visitor, principal, parts, key, shown, Form({}), moved=moved)


async def _sheet(
    connection: AsyncConnection,
    principal: Principal,
    visitor: Visitor,
    case_id: UUID,
    path_id: UUID,
) -> Sheet:
    case = await Cases(connection).find(principal, visitor.now, case_id)
    state = await States(connection).case(principal, visitor.now, case_id)
    path = next((one for one in case.paths if one.id == path_id), None) if case else None
    if case is None or state is None or path is None:
        raise not_found()
    versions = await read_versions(connection, principal, path.pathway.key)
    born = await birth_dates_of(connection, [case_id])
    preview = preview_in_words(
        visitor.t,
        principal,
        state,
        path_of(state, path_id),
        versions,
        path.newest_version,
        born[case_id],
        visitor.now,
    )
    return Sheet(case, path, path.newest_version, preview)


def _render_one(
    request: Request, sheet: Sheet, form: Form, obstacle: Obstacle | None = None
) -> Response:
    kept = obstacle is not None and obstacle.may_have_happened
    response: Response = request.app.state.pages.render(
        request,
        "pages/path-move.html",
        status=obstacle.status if obstacle else 200,
        case=sheet.case,
        path=sheet.path,
        version=sheet.version,
        preview=sheet.preview,
        form=form,
        obstacle=obstacle,
        sent_key=form.key if kept else None,
    )
    return response


async def _render_many(
    request: Request,
    visitor: Visitor,
    principal: Principal,
    parts: Parts,
    key: PathwayKey,
    shown: Shown,
    form: Form,
    *,
    moved: list[Moved] | None = None,
) -> Response:
    if principal.role is not Role.SUPERVISOR or not visitor.works_in_office:
        raise standard_refusal(403)
    async with parts.database.transaction() as connection:
        versions = await read_versions(connection, principal, key)
        if not versions:
            raise not_found()
        pathway = versions[max(versions)]
        candidates = await _candidates(connection, principal, visitor, pathway, versions, shown)
    response: Response = request.app.state.pages.render(
        request,
        "pages/paths-move.html",
        status=200 if form.ok else 422,
        pathway=pathway,
        candidates=candidates[: shown.rows],
        more=shown.more(len(candidates)),
        moved=moved,
        form=form,
    )
    return response


async def _candidates(
    connection: AsyncConnection,
    principal: Principal,
    visitor: Visitor,
    pathway: Pathway,
    versions: dict[int, Pathway],
    shown: Shown,
) -> list[Candidate]:
    now: datetime = visitor.now
    found = await paths_on_earlier(
        connection, principal, now, pathway.key, pathway.version, limit=shown.limit
    )
    return [
        Candidate(
            one.path,
            preview_in_words(
                visitor.t,
                principal,
                one.state,
                path_of(one.state, one.path.id),
                versions,
                pathway.version,
                one.birth_dates,
                now,
            ),
        )
        for one in found
    ]


def _version_of(form: Form) -> int:
    """Return the version that the form was shown for; one that there is not, if it is damaged."""
    return min(form.number("version") or 1, HIGHEST_VERSION)
