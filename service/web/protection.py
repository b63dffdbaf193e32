"""Protection of every state-changing page request against forgery from other sites."""

import hmac
from urllib.parse import urlsplit

from fastapi import Request

from service.settings import Settings
from service.web.i18n import _
from service.web.problems import Refusal, standard_refusal
from service.web.uploads import MOST_BYTES_BY_PATH
from service.web.visitors import visitor_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf_token"


async def protect(request: Request) -> None:
    """Let a request through only if one of our own pages sent it.

    Every router of pages has this as a dependency. Requests of a session need the session's
    token; before there is a session (signing in) the origin has to do. Bearer tokens are not
    sent by browsers on their own, so /api needs none of it. A form with a file is refused where
    the page does not ask for one.
    """
    if request.method in SAFE_METHODS:
        return
    settings: Settings = request.app.state.container.settings
    if not _comes_from_us(request, settings):
        raise _forged()
    try:
        form = await request.form()
    except UnicodeError:  # in the character set that the request names itself
        raise standard_refusal(400) from None
    has_file = not all(isinstance(value, str) for _name, value in form.multi_items())
    if has_file and request.url.path not in MOST_BYTES_BY_PATH:
        raise standard_refusal(422)
    visitor = visitor_of(request)
    if visitor.user and not _same(str(form.get(FIELD, "")), visitor.csrf_token):
        raise _forged()


def _comes_from_us(request: Request, settings: Settings) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return bool(host) and host in {
        request.headers.get("host"),
        urlsplit(settings.public_url).netloc,
    }


def _same(shown: str, expected: str) -> bool:
    return hmac.compare_digest(shown.encode(errors="surrogatepass"), expected.encode())


def _forged() -> Refusal:
    return Refusal(
        403,
        "not-from-our-pages",
        _("This did not come from our pages"),
        _("Nothing was changed. Please open the page again and repeat what you wanted to do."),
    )
