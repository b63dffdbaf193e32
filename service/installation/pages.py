"""The page on which the first administrator gets an account."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.exc import IntegrityError

from service.accounts.people import NewUser
from service.accounts.service import sign_in
from service.installation.set_up import (
    CodeUsedUp,
    NotNeeded,
    WrongCode,
    add_first_administrator,
    administrator_is_missing,
)
from service.settings import Settings
from service.web.cookies import session_cookie, session_secret, set_cookie
from service.web.dependencies import CurrentVisitor, Db, Now, Rendering, T
from service.web.flash import Flash, redirect
from service.web.forms import Form, sent_form
from service.web.i18n import Translator, _
from service.web.paths import START
from service.web.problems import not_found
from workflows.domain.principal import Role

SHORTEST_PASSWORD = 12
LONGEST_LINE = 200
USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")

router = APIRouter()


@router.get("/first-administrator")
async def show_first_administrator(request: Request, database: Db, pages: Rendering) -> Response:
    """Show the form, as long as there is no administrator."""
    async with database.transaction() as connection:
        if not await administrator_is_missing(connection):
            raise not_found()
    return pages.render(request, "pages/first-administrator.html", form=Form.filled())


@router.post("/first-administrator")
async def do_first_administrator(
    request: Request,
    visitor: CurrentVisitor,
    database: Db,
    now: Now,
    t: T,
    pages: Rendering,
) -> Response:
    """Add the account and sign in with it."""
    async with database.transaction() as connection:
        if not await administrator_is_missing(connection):
            raise not_found()
    form = await sent_form(request)
    _check(form, t)
    if form.ok:
        new = NewUser(
            name=form.value("name").strip(),
            display_name=form.value("display_name").strip(),
            role=Role.ADMINISTRATOR,
            agency_id=None,
            password=form.value("password"),
            email=form.value("email").strip(),
            language=visitor.t.language,
        )
        try:
            await add_first_administrator(database, now, form.value("code"), new)
        except NotNeeded:
            raise not_found() from None
        except CodeUsedUp:
            form.refuse("code", t(_("This code is used up. The next start prints a new one.")))
        except WrongCode:
            form.refuse("code", t(_("This is not the code. The latest start has printed it.")))
        except IntegrityError:
            form.refuse("name", t(_("Somebody has this user name. Please choose another one.")))
    if not form.ok:
        return pages.render(request, "pages/first-administrator.html", status=422, form=form)
    return await _signed_in(request, database, now, form, t)


async def _signed_in(request: Request, database: Db, now: Now, form: Form, t: T) -> Response:
    settings: Settings = request.app.state.container.settings
    name, password = form.value("name").strip(), form.value("password")
    secret = await sign_in(database, now, name, password, session_secret(request, settings))
    response = redirect(request, START, Flash(t(_("Your account is ready."))))
    if secret:
        set_cookie(response, settings, session_cookie(settings), secret)
    return response


def _check(form: Form, t: Translator) -> None:
    """Refuse what cannot be an account."""
    if not form.value("code").strip():
        form.refuse("code", t(_("Please enter the code that the start has printed.")))
    display_name = form.value("display_name").strip()
    if not display_name or len(display_name) > LONGEST_LINE:
        form.refuse("display_name", t(_("Please enter the name that others see.")))
    if not USER_NAME.fullmatch(form.value("name").strip()):
        form.refuse(
            "name",
            t(_("Please choose a user name of small letters a to z, digits, dots and hyphens.")),
        )
    email = form.value("email").strip()
    if not EMAIL.fullmatch(email) or len(email) > LONGEST_LINE:
        form.refuse("email", t(_("Please enter an e-mail address, such as name@example.org.")))
    if len(form.value("password")) < SHORTEST_PASSWORD:
        form.refuse("password", t(_("Please choose a password of at least 12 characters.")))
