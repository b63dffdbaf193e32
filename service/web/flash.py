"""The confirmation after an act: carried over the redirect in a short-lived cookie, shown once."""

import base64
import json
from dataclasses import asdict, dataclass

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from service.settings import Settings
from service.web.cookies import FLASH_COOKIE, drop_cookie, set_cookie

SECONDS = 60
LONGEST_BODY = 1000
KINDS = ("success", "info", "warning", "danger")


@dataclass(frozen=True)
class Flash:
    """What happened and what happens next, already translated. ``kind``: one of KINDS.

    Agencies and deadlines may be named, clients not: the text lies in the browser for a moment.
    """

    title: str
    body: str = ""
    kind: str = "success"


def redirect(request: Request, url: str, flash: Flash | None = None) -> Response:
    """Answer a successful POST: go to ``url`` (a path of ours) and show the confirmation there."""
    response = RedirectResponse(url, 303)
    if flash:
        set_cookie(response, _settings(request), FLASH_COOKIE, _packed(flash), SECONDS)
    return response


def take_flash(request: Request) -> Flash | None:
    """Return the confirmation that this page has to show, if any."""
    try:
        packed = base64.urlsafe_b64decode(request.cookies[FLASH_COOKIE])
        flash = Flash(**{key: str(value) for key, value in json.loads(packed).items()})
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    return flash if flash.kind in KINDS else None


def forget_flash(request: Request, response: Response) -> None:
    """Delete the confirmation once it was shown."""
    drop_cookie(response, _settings(request), FLASH_COOKIE)


def _packed(flash: Flash) -> str:
    content = {**asdict(flash), "body": flash.body[:LONGEST_BODY]}
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.container.settings
    return settings
