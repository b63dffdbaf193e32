"""What is kept of every request: one line in the log and one count, by the route as declared.

Never what was asked: paths carry ids and, mistyped, anything; queries carry what people look for.
"""

import logging
import time

from prometheus_client import CollectorRegistry, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars
from uuid_utils.compat import uuid7

from service.web.api_document import API_PREFIX
from service.web.visitors import is_api
from workflows.domain.principal import Principal

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"

PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines: a line for each would bury those of people."""

BROKEN = 500
"""From this status on it is a fault of ours."""

logger = logging.getLogger(__name__)


class RequestRecord:
    """Gives every request a number, measures it from first byte in to last byte out, logs it.

    The answer carries the number as ``X-Request-ID``: whoever reports a fault can name it.
    """

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        """Take the application, and where to count."""
        self._app = app
        self._durations = Histogram(
            "nahtlos_http_request_duration_seconds",
            "Seconds from the first byte of a request to the last byte of its answer.",
            ["route", "method", "status"],
            registry=registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and keep a record of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = str(uuid7())
        status = BROKEN
        started = time.perf_counter()

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        with bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_noting)
            finally:
                self._keep(scope, status, time.perf_counter() - started)

    def _keep(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else OTHER
        route = _template(scope)
        self._durations.labels(route, method, status).observe(seconds)
        level = logging.WARNING if status >= BROKEN else logging.INFO
        if route in PROBES:
            level = logging.DEBUG
        logger.log(
            level,
            "request",
            extra={
                "method": method,
                "route": route,
                "status": status,
                "seconds": round(seconds, 4),
                "user_id": _user_id(scope),
            },
        )


def note_caller(scope: Scope, principal: Principal) -> None:
    """Note for whom a program acts."""
    scope["state"]["caller"] = principal


def _user_id(scope: Scope) -> str | None:
    state = scope.get("state", {})
    visitor = state.get("visitor")
    principal: Principal | None = state.get("caller")
    if visitor and visitor.user:
        principal = visitor.user.principal
    return str(principal.user_id) if principal else None


def _template(scope: Scope) -> str:
    """Return the route as it was declared, ``/referrals/{referral_id}``: never what was asked."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path is None:
        return OTHER
    # Routes of the API are declared without what stands before all of them.
    return f"{API_PREFIX}{path}" if is_api(scope) and not path.startswith(API_PREFIX) else path
