"""The page on which an office takes over its running cases from a list."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import UUID

from babel.numbers import format_decimal
from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import UploadFile

from service.agencies.lookup import is_office
from service.takeover import report
from service.takeover.checking import check_list
from service.takeover.repository import TAKES_OVER, ListView, Takeovers
from service.takeover.sheets.limits import MOST_BYTES
from service.takeover.sheets.refusals import FileRefused
from service.takeover.template import template_for_cases
from service.web.dependencies import CurrentVisitor, SignedIn
from service.web.flash import redirect
from service.web.forms import Form
from service.web.i18n import Translator, _
from service.web.parts import Parts
from service.web.problems import not_found, standard_refusal
from service.web.visitors import Visitor
from workflows.domain.principal import Principal

router = APIRouter(prefix="/takeover")

FAULTS_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@router.get("")
async def show_takeover(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Explain the takeover and take a file."""
    return await _render_start(request, visitor, principal, parts, Form({}))


@router.get("/template.xlsx")
async def download_template(visitor: CurrentVisitor, principal: SignedIn, parts: Parts) -> Response:
    """Hand out the template with the choices of the office."""
    async with parts.database.transaction() as connection:
        await _check(connection, principal)
        here = await Takeovers(connection).surroundings(principal, visitor.now, visitor.t.language)
    workbook = await asyncio.to_thread(template_for_cases, visitor.t, here)
    return _file(workbook, XLSX, "Nahtlos-Vorlage.xlsx")


@router.post("")
async def upload(
    request: Request, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Check a file, and keep it until somebody starts the takeover."""
    async with parts.database.transaction() as connection:
        await _check(connection, principal)
    t = visitor.t
    sent = (await request.form()).get("file")
    content = await sent.read(MOST_BYTES + 1) if isinstance(sent, UploadFile) else b""
    form = Form({})
    if not content:
        form.refuse("file", t(_("Please choose the file with your list.")))
        return await _render_start(request, visitor, principal, parts, form, status=422)
    try:
        found = await check_list(parts, principal, content, t.language)
    except FileRefused as refused:
        form.refuse("file", refused.sentence(t))
        return await _render_start(request, visitor, principal, parts, form, status=422)
    async with parts.database.transaction() as connection:
        list_id = await Takeovers(connection).stage(
            principal,
            visitor.now,
            found.checked.cases,
            found.checked.faults,
            rows=found.checked.rows,
            known=found.checked.known,
            ignored=found.sheet.ignored,
        )
    return redirect(request, f"/takeover/{list_id}")


@router.get("/{list_id}")
async def show_list(
    request: Request, list_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show what a list comes to, how far its takeover is, or what came of it."""
    view = await _find(parts, principal, list_id)
    response: Response = request.app.state.pages.render(
        request,
        "pages/takeover-list.html",
        list=view,
        faults=view.faults[:FAULTS_SHOWN],
        hidden=len(view.faults) - FAULTS_SHOWN,
        number=_numbers(visitor.t),
    )
    return response


@router.get("/{list_id}/progress")
async def show_progress(
    request: Request, list_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Show how far the takeover is, for a page that asks again and again."""
    view = await _find(parts, principal, list_id)
    response: Response = request.app.state.pages.render(
        request, "pages/_takeover/progress.html", list=view, number=_numbers(visitor.t)
    )
    if view.done_at:
        response.headers["HX-Refresh"] = "true"
    return response


@router.post("/{list_id}/start")
async def start(
    request: Request, list_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Begin the takeover; begun already, it goes on."""
    await _find(parts, principal, list_id)
    async with parts.database.transaction() as connection:
        await Takeovers(connection).start(principal, visitor.now, list_id)
    return redirect(request, f"/takeover/{list_id}")


@router.get("/{list_id}/left-out.csv")
async def download_left_out(
    list_id: UUID, visitor: CurrentVisitor, principal: SignedIn, parts: Parts
) -> Response:
    """Hand out what was wrong with which row."""
    view = await _find(parts, principal, list_id)
    return _file(report.as_csv(visitor.t, view.faults), CSV, "Nahtlos-Bericht.csv")


async def _check(connection: AsyncConnection, principal: Principal) -> None:
    """Raise the refusal 403 for everybody but an office's people."""
    if principal.role not in TAKES_OVER or not await is_office(connection, principal):
        raise standard_refusal(403)


async def _find(parts: Parts, principal: Principal, list_id: UUID) -> ListView:
    async with parts.database.transaction() as connection:
        view = await Takeovers(connection).find(principal, list_id)
    if view is None:
        raise not_found()
    return view


async def _render_start(
    request: Request,
    visitor: Visitor,
    principal: Principal,
    parts: Parts,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    async with parts.database.transaction() as connection:
        await _check(connection, principal)
        lists = await Takeovers(connection).latest(principal)
    response: Response = request.app.state.pages.render(
        request,
        "pages/takeover.html",
        status=status,
        form=form,
        lists=lists,
        number=_numbers(visitor.t),
    )
    return response


def _numbers(t: Translator) -> Callable[[int], str]:
    """Return what writes numbers as the language does: 1.900 or 1,900."""
    return partial(format_decimal, locale=t.locale)


def _file(content: bytes, media_type: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
