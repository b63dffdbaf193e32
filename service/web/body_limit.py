"""A limit for what a request may carry."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000


class BodyLimit:
    """Refuses larger bodies with 413, announced or not, inside the application's error handling."""

    def __init__(self, app: ASGIApp) -> None:
        """Take the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its bytes while they are read."""
        announced = Headers(scope=scope).get("content-length", "0") if "headers" in scope else "0"
        received = int(announced) if announced.isdecimal() else 0
        counted = 0

        async def receive_counted() -> Message:
            nonlocal counted
            if received > MOST_BYTES:
                raise HTTPException(413)
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > MOST_BYTES:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_counted, send)
