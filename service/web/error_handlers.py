"""How each kind of refusal is answered."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from service.web.dependencies import SignInNeeded, sign_in_address
from service.web.field_errors import field_errors
from service.web.forms import sent_form
from service.web.problems import Refusal, answer, not_found, standard_refusal
from service.web.templates import Pages


def install_error_handlers(app: FastAPI) -> None:
    """Register the handlers."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> Response:
        return answer(request, refusal)

    @app.exception_handler(SignInNeeded)
    async def sign_in_needed(request: Request, _error: SignInNeeded) -> Response:
        address = sign_in_address(request)
        if "hx-request" in request.headers:
            # htmx would put the sign-in page into the fragment it asked for. It leads there only
            # where nothing typed would be lost.
            leading = {"HX-Redirect": address} if request.method == "GET" else {}
            return Response(status_code=401, headers=leading)
        typed = (await sent_form(request)).typed if request.method == "POST" else []
        if not typed:
            return RedirectResponse(address, 303)
        pages: Pages = request.app.state.pages
        return pages.render(
            request, "pages/session-over.html", status=401, typed=typed, sign_in=address
        )

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        errors = error.errors()
        if any(one["loc"][:1] == ("path",) for one in errors):
            return answer(request, not_found())
        return answer(request, standard_refusal(422, fields=field_errors(errors)))

    @app.exception_handler(ValidationError)
    async def impossible(request: Request, _error: ValidationError) -> Response:
        # Values that none of our pages offers; what a person can get wrong, forms say themselves.
        return answer(request, standard_refusal(422))

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        return answer(request, standard_refusal(error.status_code, headers=headers))
