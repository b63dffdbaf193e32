"""Refusals: said as a page to people, as a problem document (RFC 9457) to programs."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from service.web.field_errors import FieldError
from service.web.i18n import _
from service.web.visitors import is_api, visitor_of


class Refusal(Exception):
    """Something was not done, and why.

    ``code`` is kebab-case for programs; ``title`` and ``sentence`` are message ids (marked with
    ``_``) for people, ``params`` fills both. ``fields`` names the fields that need correcting.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        sentence: str,
        *,
        params: dict[str, object] | None = None,
        fields: Sequence[FieldError] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        """Take what the answer needs."""
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.title = title
        self.sentence = sentence
        self.params = params or {}
        self.fields = fields
        self.headers = headers or {}


_STANDARD = {
    400: (
        "bad-request",
        _("This could not be read"),
        _("The request was incomplete or damaged. Please go back and try again."),
    ),
    401: (
        "sign-in-needed",
        _("Please sign in"),
        _("This is only available to people who are signed in, or with a valid token."),
    ),
    403: (
        "not-allowed",
        _("You are not allowed to do this"),
        _("Your role does not include this. If you need it, ask your administrator."),
    ),
    404: (
        "not-found",
        _("We found nothing here"),
        _("The page does not exist, or it is not meant for you. Please check the address."),
    ),
    405: (
        "method-not-allowed",
        _("This does not work that way"),
        _("This address cannot be called like this. Please use the buttons of the pages."),
    ),
    413: (
        "too-large",
        _("That is too much at once"),
        _("What was sent is larger than 1 MB. Please shorten it and send it again."),
    ),
    422: (
        "unusable-input",
        _("Some entries cannot be used"),
        _("Please check what you entered and send it again."),
    ),
    500: (
        "internal-error",
        _("Something went wrong on our side"),
        _("Please try again; if it happens again, tell your administrator."),
    ),
    503: (
        "unavailable",
        _("Nahtlos cannot be reached at the moment"),
        _("Please try again in a minute. What was already confirmed to you is safe."),
    ),
}


def standard_refusal(
    status: int,
    *,
    fields: Sequence[FieldError] = (),
    headers: dict[str, str] | None = None,
) -> Refusal:
    """Return the refusal for an HTTP status that needs no words of its own."""
    code, title, sentence = _STANDARD.get(status, _STANDARD[400])
    return Refusal(status, code, title, sentence, fields=fields, headers=headers)


def not_found() -> Refusal:
    """Return the refusal for what does not exist or is none of the visitor's business."""
    return standard_refusal(404)


def answer(request: Request, refusal: Refusal) -> Response:
    """Answer with the refusal, in the visitor's language."""
    if is_api(request.scope):
        return _problem(request, refusal)
    t = visitor_of(request).t
    page: Response = request.app.state.pages.render(
        request,
        "pages/refusal.html",
        status=refusal.status,
        title=t(refusal.title, **refusal.params),
        sentence=t(refusal.sentence, **refusal.params),
    )
    page.headers.update(refusal.headers)
    return page


def _problem(request: Request, refusal: Refusal) -> Response:
    t = visitor_of(request).t
    body: dict[str, Any] = {
        "type": f"urn:nahtlos:problem:{refusal.code}",
        "title": t(refusal.title, **refusal.params),
        "status": refusal.status,
        "detail": t(refusal.sentence, **refusal.params),
        "code": refusal.code,
    }
    if refusal.fields:
        body["errors"] = [
            {"in": error.place, "field": error.name, "detail": t(error.message, **error.params)}
            for error in refusal.fields
        ]
    headers = {**refusal.headers, "Content-Language": t.language}
    return JSONResponse(
        body, refusal.status, headers=headers, media_type="application/problem+json"
    )
