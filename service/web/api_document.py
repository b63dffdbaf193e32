"""The description of the API (OpenAPI): problem documents, and what every operation can answer."""

from typing import Annotated, Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel, Field

from service.web.idempotency import REPLAYED

API_PREFIX = "/api/v1"
PROBLEM = "application/problem+json"
Responses = dict[int | str, dict[str, Any]]


class FieldProblem(BaseModel):
    """A field that needs correcting, as a dotted path such as ``household.0.birth_date``."""

    place: Annotated[Literal["body", "query", "path", "header"], Field(alias="in")]
    field: str
    detail: str


class Problem(BaseModel):
    """Why something was not done (RFC 9457). ``code`` is for programs, ``detail`` for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem] | None = None


_MEANING: dict[int, tuple[str, str]] = {
    401: ("There is no valid token.", "sign-in-needed"),
    403: ("Somebody else has to do this.", "not-involved"),
    404: ("It does not exist, or it is none of the caller's business.", "not-found"),
    409: ("The state stands against it: look again, then decide.", "illegal-move"),
    422: ("Something in the request cannot be used.", "unusable-input"),
    503: ("No confirmation came. Send it again under the same key.", "unconfirmed"),
}
READING = (401, 422, 503)
READING_ONE = (401, 404, 503)
OPENING = (401, 403, 422, 503)
ACTING = (401, 403, 404, 409, 422, 503)


def refusals(*statuses: int) -> Responses:
    """Return the refusals that an operation documents."""
    return {
        status: {
            "model": Problem,
            "description": _MEANING[status][0],
            "content": {"application/json": {"example": _example(status)}},
        }
        for status in statuses
    }


def replayable(status: int, description: str) -> Responses:
    """Document the success of an act: a repeat of it is marked by a header."""
    header = {
        "description": "`true`: the same request came before; nothing was done again.",
        "schema": {"type": "string", "enum": ["true"]},
    }
    return {status: {"description": description, "headers": {REPLAYED: header}}}


def describe_problems(app: FastAPI) -> None:
    """Let the description of the API say of refusals what they are: problem documents."""
    describe = app.openapi

    def describe_with_problems() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = describe()
            for path in document["paths"].values():
                for operation in path.values():
                    operation["summary"] = operation["description"].partition(".")[0]
                    _name_problems(operation["responses"])
            for unused in ("HTTPValidationError", "ValidationError"):
                document["components"]["schemas"].pop(unused, None)
        return describe()

    app.openapi = describe_with_problems  # type: ignore[method-assign]


def _name_problems(responses: dict[str, Any]) -> None:
    # FastAPI adds 422 to whatever has an id in its path; we answer 404 to ids that are none.
    if responses.get("422", {}).get("description") == "Validation Error":
        del responses["422"]
    for status, response in responses.items():
        if int(status) >= 400:  # noqa: PLR2004 - HTTP: refused
            response["content"] = {PROBLEM: response["content"]["application/json"]}


def _example(status: int) -> dict[str, Any]:
    meaning, code = _MEANING[status]
    return {
        "type": f"urn:nahtlos:problem:{code}",
        "title": meaning,
        "status": status,
        "detail": meaning,
        "code": code,
    }
