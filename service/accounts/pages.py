"""Signing in and out, and the choice of language."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from service.accounts.service import choose_language, sign_in, sign_out
from service.installation.set_up import nobody_has_an_account
from service.settings import Settings
from service.web.cookies import (
    LANGUAGE_COOKIE,
    ONE_YEAR,
    drop_cookie,
    session_cookie,
    session_secret,
    set_cookie,
)
from service.web.dependencies import CurrentVisitor, Db, Now, Rendering, T
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import LOCALES, _
from service.web.paths import own_path
from service.web.problems import standard_refusal

router = APIRouter()


@router.get("/sign-in")
async def show_sign_in(
    request: Request,
    visitor: CurrentVisitor,
    database: Db,
    pages: Rendering,
    next: str = "",  # noqa: A002
) -> Response:
    """Show the form, or go on if somebody is signed in already."""
    if visitor.user:
        return RedirectResponse(own_path(next), 303)
    async with database.transaction() as connection:
        is_new = await nobody_has_an_account(connection)
    form = Form.filled(next=own_path(next))
    return pages.render(request, "pages/sign-in.html", form=form, is_new=is_new)


@router.post("/sign-in")
async def do_sign_in(request: Request, database: Db, now: Now, t: T, pages: Rendering) -> Response:
    """Sign in and go on to the page that was asked for."""
    settings = _settings(request)
    form = await sent_form(request)
    for name, sentence in (
        ("name", _("Please enter your user name.")),
        ("password", _("Please enter your password.")),
    ):
        if not form.value(name).strip():
            form.refuse(name, t(sentence))
    secret = None
    if form.ok:
        name, password = form.value("name").strip(), form.value("password")
        replaces = session_secret(request, settings)
        secret = await sign_in(database, now, name, password, replaces)
        if secret is None:
            form.refuse("name", t(_("User name or password is wrong. Please try again.")))
    if secret is None:
        return pages.render(request, "pages/sign-in.html", status=422, form=form, is_new=False)
    response = redirect(request, own_path(form.value("next")))
    set_cookie(response, settings, session_cookie(settings), secret)
    return response


@router.post("/sign-out")
async def do_sign_out(request: Request, database: Db, t: T) -> Response:
    """Sign out. Whoever is signed out already just sees that they are."""
    settings = _settings(request)
    secret = session_secret(request, settings)
    if secret:
        await sign_out(database, secret)
    response = redirect(request, "/sign-in", Flash(t(_("You are signed out."))))
    drop_cookie(response, settings, session_cookie(settings))
    return response


@router.post("/language")
async def do_choose_language(request: Request, visitor: CurrentVisitor, database: Db) -> Response:
    """Change the language of the pages and go back to where the person was."""
    form = await sent_form(request)
    language = form.value("language")
    if language not in LOCALES:
        raise standard_refusal(422)
    if visitor.user:
        await choose_language(database, visitor.user.principal, language)
    response = redirect(request, own_path(form.value("next")))
    set_cookie(response, _settings(request), LANGUAGE_COOKIE, language, ONE_YEAR)
    return response


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.container.settings
    return settings
