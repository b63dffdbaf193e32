"""A limit for what a request may carry."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.web.i18n import _
from service.web.problems import Refusal
from service.web.uploads import MOST_BYTES_BY_PATH, MOST_BYTES_READ_AWAY

MOST_BYTES = 1_000_000


class BodyLimit:
    """Refuses larger bodies with 413, announced or not, inside the application's error handling.

    Pages that take files have limits of their own.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its bytes while they are read."""
        announced = Headers(scope=scope).get("content-length", "0") if "headers" in scope else "0"
        received = int(announced) if announced.isdecimal() else 0
        upload = MOST_BYTES_BY_PATH.get(scope.get("path", "")) if _is_known(scope) else None
        most = upload or MOST_BYTES
        counted = 0

        async def receive_counted() -> Message:
            nonlocal counted
            if received > most:
                raise await _too_large(receive, received, is_file=upload is not None)
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > most:
                raise await _too_large(receive, counted, is_file=upload is not None)
            return message

        await self._app(scope, receive_counted, send)


def _is_known(scope: Scope) -> bool:
    """Tell whether somebody is signed in: nobody else has a file for us."""
    visitor = scope.get("state", {}).get("visitor")
    return visitor is not None and visitor.user is not None


async def _too_large(receive: Receive, size: int, *, is_file: bool) -> Exception:
    """Return the refusal. Of a file the rest is read first: browsers answer a hang-up badly."""
    if not is_file:
        return HTTPException(413)
    left = MOST_BYTES_READ_AWAY
    while size <= MOST_BYTES_READ_AWAY and left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body"):
            break
    return _file_too_large()


def _file_too_large() -> Refusal:
    return Refusal(
        413,
        "file-too-large",
        _("The file is too large"),
        _("A list may have at most 10 MB. Please delete what is not needed, or split it."),
    )
