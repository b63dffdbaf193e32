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


def visitor_of(request: Request) -> Visitor:
    """Return who sent the request."""
    visitor: Visitor = request.state.visitor
    return visitor


class VisitorMiddleware:
    """Puts a ``Visitor`` on every request."""

    def __init__(
        self, app: ASGIApp, container: WebContainer, translators: dict[str, Translator]
    ) -> None:
        """Take what it needs to recognise somebody."""
        self._app = app
        self._container = container
        self._translators = translators

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who visits, then go on."""
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            now = self._container.clock.now()
            state = scope.setdefault("state", {})
            # A first, anonymous visitor, so that even a database failure is told in words.
            state["visitor"] = Visitor(None, self._translators[_language(connection, None)], now)
            user = await self._user(connection, now)
            state["visitor"] = Visitor(user, self._translators[_language(connection, user)], now)
        await self._app(scope, receive, send)

    async def _user(self, connection: HTTPConnection, now: datetime) -> SignedInUser | None:
        secret = session_secret(connection, self._container.settings)
        if secret is None or is_api(connection.scope):
            return None
        return await principal_of_session(self._container.database, now, secret)


def _language(connection: HTTPConnection, user: SignedInUser | None) -> str:
    if user:
        return user.language
    chosen = connection.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LOCALES:
        return chosen
    return preferred_language(connection.headers.get("accept-language", ""))
