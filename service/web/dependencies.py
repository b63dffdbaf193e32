"""What routes ask for: who acts, the time, the database, the pages."""

from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.accounts.service import principal_of_token
from service.database import Database
from service.web.i18n import Translator
from service.web.problems import standard_refusal
from service.web.request_record import note_caller
from service.web.templates import Pages
from service.web.visitors import Visitor, visitor_of
from workflows.domain.principal import Principal


class SignInNeeded(Exception):
    """A page was asked for that needs signing in."""


# Coroutines, all of them: FastAPI sends plain functions to a thread, which costs more than they do.


async def _visitor(request: Request) -> Visitor:
    return visitor_of(request)


async def _signed_in(request: Request) -> Principal:
    user = visitor_of(request).user
    if user is None:
        raise SignInNeeded
    return user.principal


async def _caller(
    request: Request,
    credentials: Annotated[
        HTTPAuthorizationCredentials | None,
        Security(HTTPBearer(auto_error=False, description="`nahtlos token create --user NAME`")),
    ],
) -> Principal:
    if credentials:
        database = await _database(request)
        principal = await principal_of_token(database, credentials.credentials)
        if principal:
            note_caller(request.scope, principal)
            return principal
    raise standard_refusal(401, headers={"WWW-Authenticate": "Bearer"})


async def _database(request: Request) -> Database:
    database: Database = request.app.state.container.database
    return database


async def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


async def _translator(visitor: Annotated[Visitor, Depends(_visitor)]) -> Translator:
    return visitor.t


async def _now(visitor: Annotated[Visitor, Depends(_visitor)]) -> datetime:
    return visitor.now


def sign_in_address(request: Request) -> str:
    """Return where to sign in, and to come back from to the page that was asked for."""
    query = f"?{request.url.query}" if request.url.query else ""
    wanted = quote(f"{request.url.path}{query}", safe="/") if request.method == "GET" else ""
    return f"/sign-in?next={wanted}" if wanted else "/sign-in"


SignedIn = Annotated[Principal, Depends(_signed_in)]
"""Pages: the signed-in person; sends everybody else to sign in."""

Caller = Annotated[Principal, Depends(_caller)]
"""API: whom the bearer token acts for; 401 without a valid one."""

CurrentVisitor = Annotated[Visitor, Depends(_visitor)]
"""Who visits, signed in or not."""

T = Annotated[Translator, Depends(_translator)]
"""Says things in the visitor's language."""

Now = Annotated[datetime, Depends(_now)]
"""The time of this request, UTC, from the clock."""

Db = Annotated[Database, Depends(_database)]
"""The database, as the application role."""

Rendering = Annotated[Pages, Depends(_pages)]
"""Renders templates."""
