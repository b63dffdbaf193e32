"""The editor's pages: a pathway is written as text, checked, drawn, compared and published."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from service.editor.form import is_to_be_published, new_pathway_of, next_version_of
from service.editor.publishing import PublishedNow, publish_new, publish_next
from service.editor.repository import NEW, Edition, newest_edition
from service.editor.sheets import Sheet, sheet_of_new, sheet_of_next
from service.editor.stopped import attempt_publishing
from service.pathways.api import PathwayKey
from service.pathways.proposals import open_proposals, settle
from service.pathways.repository import check_edits
from service.versions.schemas import HIGHEST_VERSION
from service.web.dependencies import CurrentVisitor, Db, SignedIn
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import Translator, _
from service.web.obstacles import Obstacle
from service.web.parts import Parts
from service.web.places import TEMPLATES
from service.web.problems import not_found
from workflows.domain.principal import Principal

router = APIRouter(prefix="/pathways")

Wanted = Annotated[int | None, Query(ge=1, le=HIGHEST_VERSION)]


@router.get("/new")
async def show_new(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db
) -> Response:
    """Show the editor with a small pathway to begin with."""
    text = _beginning(visitor.t)
    sheet = await sheet_of_new(database, principal, visitor.t, text)
    return _render(request, None, Form.filled(text=text), sheet)


@router.post("/new")
async def send_new(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Check the text of a new pathway, or publish it."""
    form, t = await sent_form(request), visitor.t
    check_edits(principal)
    obstacle = None
    if is_to_be_published(form) and (body := new_pathway_of(t, form)):
        done = await attempt_publishing(t, publish_new(parts, principal, body, form.key))
        if isinstance(done, PublishedNow):
            return _published(request, t, done)
        obstacle = done
    sheet = await sheet_of_new(parts.database, principal, t, form.value("text"))
    return _render(request, None, form, sheet, obstacle)


@router.post("/new/check")
async def check_new(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, database: Db
) -> Response:
    """Say what is found in a text while it is typed."""
    form = await sent_form(request)
    sheet = await sheet_of_new(database, principal, visitor.t, form.value("text"))
    return _render_part(request, form, sheet)


@router.get("/{key}/edit")
async def show_next(
    request: Request,
    key: PathwayKey,
    visitor: CurrentVisitor,
    principal: SignedIn,
    database: Db,
    proposal: Wanted = None,
) -> Response:
    """Show the editor with the newest text, or with the one that is proposed."""
    async with database.transaction() as connection:
        edition = await newest_edition(connection, principal, key)
        if edition is None:
            raise not_found()
        text = await _proposed(connection, principal, key, proposal) if proposal else edition.text
    based_on = edition.pathway.version
    form = Form.filled(text=text, based_on=str(based_on), proposal=str(proposal or ""))
    sheet = await sheet_of_next(database, principal, visitor.t, key, text, based_on)
    return _render(request, edition, form, sheet)


@router.post("/{key}/edit")
async def send_next(
    request: Request, key: PathwayKey, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Check the text of a new version, or publish it."""
    form, t = await sent_form(request), visitor.t
    async with parts.database.transaction() as connection:
        edition = await newest_edition(connection, principal, key)
    if edition is None:
        raise not_found()
    obstacle = None
    if is_to_be_published(form) and (body := next_version_of(t, form)):
        done = await attempt_publishing(t, publish_next(parts, principal, key, body, form.key))
        if isinstance(done, PublishedNow):
            return _published(request, t, done)
        obstacle = done
    based_on = form.number("based_on") or NEW
    sheet = await sheet_of_next(parts.database, principal, t, key, form.value("text"), based_on)
    return _render(request, edition, form, sheet, obstacle)


@router.post("/{key}/check")
async def check_next(
    request: Request, key: PathwayKey, visitor: CurrentVisitor, principal: SignedIn, database: Db
) -> Response:
    """Say what is found in a text while it is typed."""
    form = await sent_form(request)
    based_on = form.number("based_on") or NEW
    text = form.value("text")
    sheet = await sheet_of_next(database, principal, visitor.t, key, text, based_on)
    return _render_part(request, form, sheet)


@router.post("/{key}/proposal")
async def put_aside(
    request: Request, key: PathwayKey, visitor: CurrentVisitor, principal: SignedIn, database: Db
) -> Response:
    """Put a proposed version aside."""
    form, t = await sent_form(request), visitor.t
    version = min(form.number("proposal") or 0, HIGHEST_VERSION)
    async with database.transaction() as connection:
        await settle(connection, principal, key, version, visitor.now)
    flash = Flash(t(_("The proposal is put aside.")), t(_("Your version stays the newest.")))
    return redirect(request, f"/pathways/{key}", flash)


async def _proposed(
    connection: AsyncConnection, principal: Principal, key: str, version: int
) -> str:
    """Return the text that is proposed. Raises the refusal 404 if it is not, or not any more."""
    proposal = (await open_proposals(connection, principal)).get(key)
    if proposal is None or proposal.pathway.version != version:
        raise not_found()
    return proposal.text


def _beginning(t: Translator) -> str:
    path: Path = TEMPLATES / "editor" / f"new.{t.language}.yaml"
    return path.read_text(encoding="utf-8")


def _published(request: Request, t: Translator, done: PublishedNow) -> Response:
    flash = Flash(
        t(_("Version %(version)s is published."), version=done.version),
        t(_("New paths begin on it. Paths under way stay on their version.")),
    )
    return redirect(request, f"/pathways/{done.key}", flash)


def _render(
    request: Request,
    edition: Edition | None,
    form: Form,
    sheet: Sheet,
    obstacle: Obstacle | None = None,
) -> Response:
    kept = obstacle is not None and obstacle.may_have_happened
    status = obstacle.status if obstacle else 200 if form.ok else 422
    response: Response = request.app.state.pages.render(
        request,
        "pages/pathway-edit.html",
        status=status,
        edition=edition,
        form=form,
        sheet=sheet,
        obstacle=obstacle,
        checked=request.method == "POST",
        sent_key=form.key if kept else None,
    )
    return response


def _render_part(request: Request, form: Form, sheet: Sheet) -> Response:
    response: Response = request.app.state.pages.render(
        request, "pages/_editor/part.html", form=form, sheet=sheet
    )
    return response
