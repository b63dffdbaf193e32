"""Who visits, and in which language: found out once per request, before anything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from fastapi import Request
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from service.accounts.people import SignedInUser
from service.accounts.service import principal_of_session
from service.clock import Clock
from service.database import Database
from service.installation.demo import is_demo
from service.settings import Settings
from service.web.cookies import LANGUAGE_COOKIE, session_secret
from service.web.i18n import LOCALES, Translator, preferred_language


class WebContainer(Protocol):
    """What the web foundation needs of the composition root."""

    @property
    def settings(self) -> Settings:
        """The settings."""

    @property
    def clock(self) -> Clock:
        """The one clock."""

    @property
    def database(self) -> Database:
        """The database, as the application role."""


@dataclass(frozen=True)
class Visitor:
    """The person at the other end of a request. ``user`` is None before signing in."""

    user: SignedInUser | None
    t: Translator
    now: datetime
    in_demo: bool = False
    """The people here are invented; every page says so."""

    @property
    def csrf_token(self) -> str:
        """What every form of this session carries; empty before signing in."""
        return self.user.csrf_token if self.user else ""

    @property
    def works_in_office(self) -> bool:
        """Tell whether the person's house is an office, where cases are opened."""
        return self.user is not None and self.user.works_in_office


def is_api(scope: Scope | Mapping[str, Any]) -> bool:
    """Tell whether a program asks: bearer tokens count there, cookies do not."""
    path: str = scope["path"]
    return path == "/api" or path.startswith("/api/")


def is_page(scope: Scope) -> bool:
    """Tell whether a person looks at the answer."""
    path: str = scope["path"]
    no_page = path.startswith("/static/") or path in {"/healthz", "/readyz", "/metrics"}
    return not no_page and not is_api(scope)


def visitor_of(request: Request) -> Visitor:
    """Return who sent the request."""
    visitor: Visitor = request.state.visitor
    return visitor


class VisitorMiddleware:
    """Puts a ``Visitor`` on every request."""

    def __init__(self, app: ASGIApp, translators: dict[str, Translator]) -> None:
        """Take the languages that it can speak to somebody."""
        self._app = app
        self._translators = translators
        self._in_demo = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who visits, then go on."""
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            now = _container(connection).clock.now()
            state = scope.setdefault("state", {})
            # A first, anonymous visitor, so that even a database failure is told in words.
            state["visitor"] = Visitor(None, self._translators[_language(connection, None)], now)
            user = await self._user(connection, now)
            t = self._translators[_language(connection, user)]
            state["visitor"] = Visitor(user, t, now, await self._demo(connection, user))
        await self._app(scope, receive, send)

    async def _user(self, connection: HTTPConnection, now: datetime) -> SignedInUser | None:
        container = _container(connection)
        secret = session_secret(connection, container.settings)
        if secret is None or is_api(connection.scope):
            return None
        return await principal_of_session(container.database, now, secret)

    async def _demo(self, connection: HTTPConnection, user: SignedInUser | None) -> bool:
        """Tell whether this is a demo. Who is signed in knows; once seen, it is remembered."""
        if user:
            self._in_demo = user.in_demo
        elif not self._in_demo and is_page(connection.scope):
            async with _container(connection).database.transaction() as database:
                self._in_demo = await is_demo(database)
        return self._in_demo


def _container(connection: HTTPConnection) -> WebContainer:
    container: WebContainer = connection.app.state.container
    return container


def _language(connection: HTTPConnection, user: SignedInUser | None) -> str:
    if user:
        return user.language
    chosen = connection.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LOCALES:
        return chosen
    return preferred_language(connection.headers.get("accept-language", ""))
