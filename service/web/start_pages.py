"""Where everybody comes in, and whether anybody is at home."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from service.web.paths import START

router = APIRouter()


@router.get("/")
async def start() -> Response:
    """Go to the first page."""
    return RedirectResponse(START, 303)


@router.get("/healthz")
async def healthz() -> Response:
    """Tell that the process is up. Asks nobody else."""
    return PlainTextResponse("ok\n")
