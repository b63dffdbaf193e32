"""The API describes itself completely, and keeps to what it says."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from service.web.app import create_app
from service.web.visitors import WebContainer
from tests.api.operations import BODIES, operations
from workflows.domain.actions import Action

CONTRACT = {
    "GET /api/v1/pathways",
    "POST /api/v1/pathways",
    "POST /api/v1/pathways/check",
    "POST /api/v1/pathways/{key}/versions",
    "GET /api/v1/pathways/{key}",
    "GET /api/v1/pathways/{key}/rehearsal",
    "GET /api/v1/pathways/{key}/versions",
    "GET /api/v1/pathways/{key}/versions/{version}",
    "GET /api/v1/pathways/{key}/changes",
    "GET /api/v1/cases/{case_id}/paths/{path_id}/move",
    "POST /api/v1/cases/{case_id}/paths/{path_id}/move",
    "GET /api/v1/needs",
    "GET /api/v1/agencies",
    "GET /api/v1/cases",
    "POST /api/v1/cases",
    "GET /api/v1/cases/{case_id}",
    "POST /api/v1/cases/{case_id}/referrals",
    "POST /api/v1/cases/{case_id}/close",
    "POST /api/v1/cases/{case_id}/reopen",
    "GET /api/v1/cases/offered",
    "POST /api/v1/cases/{case_id}/transfer",
    "POST /api/v1/cases/{case_id}/withdraw-transfer",
    "POST /api/v1/cases/{case_id}/accept-transfer",
    "POST /api/v1/cases/{case_id}/decline-transfer",
    "POST /api/v1/cases/{case_id}/members",
    "POST /api/v1/cases/{case_id}/members/{member_id}/leave",
    "POST /api/v1/cases/{case_id}/assign",
    "POST /api/v1/cases/{case_id}/steps/{key}/waive",
    "GET /api/v1/referrals",
    "GET /api/v1/referrals/{referral_id}",
    "POST /api/v1/referrals/{referral_id}/refer-again",
    "POST /api/v1/referrals/{referral_id}/waive",
    "POST /api/v1/referrals/{referral_id}/{action}",
    "GET /api/v1/gaps",
    "POST /api/v1/cases/{case_id}/paths",
    "GET /api/v1/entitlement-kinds",
    "GET /api/v1/cases/{case_id}/entitlements",
    "POST /api/v1/cases/{case_id}/entitlements",
    "POST /api/v1/cases/{case_id}/entitlements/{entitlement_id}/change",
    "POST /api/v1/cases/{case_id}/entitlements/{entitlement_id}/let-run-out",
}


@pytest.fixture(scope="module")
def document(shared_app: FastAPI) -> dict[str, Any]:
    """The description."""
    return shared_app.openapi()


async def test_it_is_open_to_everybody(shared_app: FastAPI) -> None:
    transport = httpx.ASGITransport(app=shared_app)
    async with httpx.AsyncClient(transport=transport, base_url="http://nahtlos.test") as client:
        answer = await client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")


def test_it_lists_what_there_is(shared_app: FastAPI) -> None:
    assert {f"{method} {path}" for method, path, _ in operations(shared_app)} == CONTRACT


def test_every_operation_is_named_explained_and_protected(shared_app: FastAPI) -> None:
    names = [operation["operationId"] for _, _, operation in operations(shared_app)]
    assert len(set(names)) == len(names)
    for _, path, operation in operations(shared_app):
        assert operation["tags"] == [path.split("/")[3]]
        assert operation["summary"]
        assert operation["security"] == [{"HTTPBearer": []}]


def test_every_refusal_is_a_problem_document(shared_app: FastAPI, document: dict[str, Any]) -> None:
    for method, path, operation in operations(shared_app):
        refused = {code: said for code, said in operation["responses"].items() if code >= "400"}
        assert {"401", "503"} <= refused.keys()
        assert ("404" in refused) == ("{" in path)
        assert ("422" in refused) >= (method == "POST")
        for said in refused.values():
            [(kind, content)] = said["content"].items()
            assert kind == "application/problem+json"
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
            assert content["example"]["code"]
    assert "in" in document["components"]["schemas"]["FieldProblem"]["properties"]


def test_every_post_documents_its_key_and_its_body(shared_app: FastAPI) -> None:
    for method, _, operation in operations(shared_app):
        headers = [one["name"] for one in operation.get("parameters", []) if one["in"] == "header"]
        assert headers == (["Idempotency-Key"] if method == "POST" else [])
        if method == "POST":
            content = operation["requestBody"]["content"]["application/json"]
            assert all(example["value"] is not None for example in content["examples"].values())
            assert operation["operationId"] in BODIES


def test_every_answer_has_an_example(shared_app: FastAPI, document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for _, path, operation in operations(shared_app):
        if "pathways" in path:
            continue
        [answered] = [said for code, said in operation["responses"].items() if code < "400"]
        name = answered["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        if name.startswith("Page_"):
            name = schemas[name]["properties"]["items"]["items"]["$ref"].rsplit("/", 1)[1]
        [example] = schemas[name]["examples"]
        properties = schemas[name]["properties"]
        # Whatever is null in an example is left out of the description.
        left_out = properties.keys() - example.keys()
        assert example.keys() <= properties.keys(), name
        assert all(_may_be_null(properties[one]) for one in left_out), name


def _may_be_null(schema: dict[str, Any]) -> bool:
    return any(kind.get("type") == "null" for kind in schema.get("anyOf", [schema]))


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            found = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return found + [ref for value in part.values() for ref in references(value)]
        return (
            [ref for value in part for ref in references(value)] if isinstance(part, list) else []
        )

    for reference in set(references(document)):
        place: Any = document
        for name in reference.removeprefix("#/").split("/"):
            place = place[name]
        assert place


def test_the_acts_are_those_of_the_domain(document: dict[str, Any]) -> None:
    assert document["components"]["schemas"]["Action"]["enum"] == list(Action)


def test_the_description_is_the_same_when_asked_again(shared_container: WebContainer) -> None:
    app = create_app(shared_container)
    assert app.openapi() == app.openapi()
