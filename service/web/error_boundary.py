"""The last resort: whatever nobody expected becomes an answer that gives nothing away."""

import logging

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy.exc import DBAPIError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.logs.failures import describe
from service.web.problems import answer, standard_refusal
from service.web.refused_acts import is_outage

DATA_EXCEPTION = "22"
"""SQLSTATE class of values that PostgreSQL cannot take: they came from the visitor."""

logger = logging.getLogger(__name__)


class ErrorBoundary:
    """Turns exceptions into answers; logs where they came from, never what they say.

    Messages of exceptions quote values, and values are names and notes.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and catch what comes back."""
        started = False

        async def send_noticing(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noticing)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            request = Request(scope, receive)
            status = _status(error)
            if status >= 500:  # noqa: PLR2004 - an HTTP status class
                logger.error("a request failed", extra={"exception": describe(error)})  # noqa: TRY400
            await _answer(request, status)(scope, receive, send_noticing)


def _answer(request: Request, status: int) -> Response:
    try:
        return answer(request, standard_refusal(status))
    except Exception as error:  # noqa: BLE001 - the page that says so is broken as well
        logger.error("the error page failed", extra={"exception": describe(error)})  # noqa: TRY400
        return PlainTextResponse(f"{status}\n", status)


def _status(error: Exception) -> int:
    state = str(getattr(error.orig, "sqlstate", None)) if isinstance(error, DBAPIError) else ""
    if state.startswith(DATA_EXCEPTION):
        return 422
    return 503 if is_outage(error) else 500
