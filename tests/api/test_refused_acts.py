"""What stops an act has a name and a sentence, and nothing is changed by it."""

from dataclasses import replace

import asyncpg
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from service.bootstrap import Container
from service.database import Database
from service.engine.client import connect
from service.engine.engine import Engine, EngineUnavailable, WorkflowGone
from service.errors import NotFound, UnusableEntry
from service.ledger.promises import KeyUsedForAnotherRequest
from service.web.entry_words import UNUSABLE_ENTRIES
from service.web.refused_acts import STATUS_OF_RULE, refusal_of
from tests.api.conftest import Programs
from tests.api.programs import Json, Program, body_of, new_case, new_referral, problem
from workflows.domain.actions import Action, Side
from workflows.domain.errors import RULES
from workflows.domain.moves import MOVES

NOWHERE = "postgresql://nobody:x@127.0.0.1:1/none?sslmode=disable"


def test_every_rule_has_a_status_and_words() -> None:
    assert set(STATUS_OF_RULE) == set(RULES.values())
    for rule, status in STATUS_OF_RULE.items():
        refusal = refusal_of(rule())
        assert refusal
        assert (refusal.status, refusal.code) == (status, rule.code)
        assert refusal.title
        assert refusal.sentence


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(), 404, "not-found"),
        (PermissionError("no"), 403, "not-allowed"),
        (KeyUsedForAnotherRequest(happened=True), 422, "idempotency-key-reused"),
        (KeyUsedForAnotherRequest(happened=False), 409, "first-request-unconfirmed"),
        (EngineUnavailable(), 503, "unconfirmed"),
        (WorkflowGone(), 503, "unconfirmed"),
        (ConnectionRefusedError(), 503, "unavailable"),
        (TimeoutError(), 503, "unavailable"),
        (asyncpg.CannotConnectNowError("starting up"), 503, "unavailable"),
        (asyncpg.TooManyConnectionsError("full"), 503, "unavailable"),
        (asyncpg.InterfaceError("closed"), 503, "unavailable"),
        (DBAPIError("", {}, OSError(), connection_invalidated=True), 503, "unavailable"),
        (DBAPIError("", {}, asyncpg.AdminShutdownError("going")), 503, "unavailable"),
        *((UnusableEntry("x", code), 422, "unusable-input") for code in UNUSABLE_ENTRIES),
    ],
)
def test_every_obstacle_has_a_status_and_a_code(error: Exception, status: int, code: str) -> None:
    refusal = refusal_of(error)
    assert refusal
    assert (refusal.status, refusal.code) == (status, code)


@pytest.mark.parametrize(
    "error", [ValueError(), RuntimeError(), DBAPIError("", {}, asyncpg.UniqueViolationError("x"))]
)
def test_a_mistake_of_ours_is_none_of_them(error: Exception) -> None:
    assert refusal_of(error) is None


SENDERS = {action for action, move in MOVES.items() if move.side is Side.SENDER}


async def test_moves_that_the_status_does_not_allow(anna: Program, clara: Program) -> None:
    referral_id = await anna.refer(await anna.open_case())
    before = await anna.read(f"/referrals/{referral_id}")
    for program, action in ((clara, "arrive"), (clara, "progress"), (clara, "complete")):
        answer = await program.send_act(f"/referrals/{referral_id}/{action}")
        problem(answer, 409, "illegal-move")
    answer = await clara.send_act(f"/referrals/{referral_id}/fail", {"reason": "client-moved"})
    problem(answer, 409, "illegal-move")
    await anna.act(referral_id, "cancel")
    for action in Action:
        program = anna if action in SENDERS else clara
        if action not in {Action.ASSIGN, Action.UNDO}:
            body = {"reason": "no-capacity"} if action in {"reject", "fail"} else None
            answer = await program.send_act(f"/referrals/{referral_id}/{action}", body)
            problem(answer, 409, "illegal-move")
    after = await anna.read(f"/referrals/{referral_id}")
    assert after["seq"] == before["seq"] + 1


async def test_moves_of_the_other_side(programs: Programs) -> None:
    anna, clara, stefan = programs["anna"], programs["clara"], programs["stefan"]
    referral_id = await anna.refer(await anna.open_case())
    for program, action in (
        (anna, "accept"),
        (stefan, "arrive"),
        (clara, "cancel"),
        (clara, "nudge"),
        (clara, "assign"),
    ):
        answer = await program.send_act(f"/referrals/{referral_id}/{action}")
        problem(answer, 403, "not-involved")
    case = await anna.read("/cases")
    answer = await anna.send_act(
        f"/cases/{case['items'][0]['id']}/assign", {"case_manager": "anna"}
    )
    problem(answer, 403, "not-involved")


async def test_what_an_act_needs(programs: Programs) -> None:
    anna, clara, sabine = programs["anna"], programs["clara"], programs["sabine"]
    referral_id = await anna.refer(await anna.open_case())
    path = f"/referrals/{referral_id}"
    problem(await clara.send_act(f"{path}/reject"), 422, "reason-missing")
    other = {"reason": "client-moved"}
    problem(await clara.send_act(f"{path}/reject", other), 422, "reason-missing")
    problem(await sabine.send_act(f"{path}/assign"), 422, "assignee-missing")
    answer = await sabine.send_act(f"{path}/assign", {"assignee": "anna"})
    [error] = problem(answer, 422, "unusable-input")["errors"]
    assert (error["in"], error["field"]) == ("body", "assignee")
    by_telephone = await anna.refer(await anna.open_case(), "telephone-only")
    problem(await anna.send_act(f"/referrals/{by_telephone}/accept"), 422, "source-missing")


async def test_two_clerks_at_the_same_request(programs: Programs) -> None:
    clara, karim = programs["clara"], programs["karim"]
    referral_id = await programs["anna"].refer(await programs["anna"].open_case())
    await clara.act(referral_id, "claim")
    problem(await karim.send_act(f"/referrals/{referral_id}/claim"), 409, "already-claimed")
    stale = {"expected_seq": 1}
    problem(await karim.send_act(f"/referrals/{referral_id}/accept", stale), 409, "stale-view")


async def test_steps_and_agencies_that_do_not_fit(anna: Program) -> None:
    case_id = await anna.open_case()
    path = f"/cases/{case_id}/referrals"
    for body, status, code in (
        (new_referral(step="school-bus"), 422, "unknown-step"),
        (new_referral(step="residence", agency="other-agency"), 409, "step-not-due"),
        (new_referral("other-agency"), 422, "agency-unfit"),
        (new_referral(basis={"statute": "§ 1 Nonsense"}), 422, "basis-missing"),
        (new_referral(basis={"consent": str(uuid7())}), 422, "basis-missing"),
    ):
        problem(await anna.send_act(path, body), status, code)
    waiving = f"/cases/{case_id}/steps"
    reason = {"reason": "client-moved"}
    problem(await anna.send_act(f"{waiving}/school-bus/waive", reason), 422, "unknown-step")
    problem(await anna.send_act(f"{waiving}/residence/waive", reason), 409, "step-not-due")
    for wrong in ({}, {"reason": "no-capacity"}):
        problem(await anna.send_act(f"{waiving}/job-centre/waive", wrong), 422, "reason-missing")
    await anna.refer(case_id)
    problem(await anna.send_act(path, new_referral()), 409, "step-not-due")
    answer = await anna.send_act(f"/cases/{case_id}/close", {"outcome": "other"})
    problem(answer, 409, "steps-open")


async def test_a_closed_case_stays_closed(anna: Program) -> None:
    case_id = await anna.open_case()
    body_of(await anna.send_act(f"/cases/{case_id}/close", {"outcome": "other"}), 200)
    for path, body in (
        ("close", {"outcome": "other"}),
        ("referrals", new_referral()),
        ("steps/job-centre/waive", {"reason": "client-moved"}),
    ):
        answer = await anna.send_act(f"/cases/{case_id}/{path}", body)
        problem(answer, 409, "illegal-move")


async def test_names_that_lead_nowhere(anna: Program) -> None:
    paths = [{"pathway": "nowhere", "member": 0}]
    consent = {
        "member": 0,
        "agency": "nobody",
        "fields": ["name"],
        "purpose": "x",
        "given_at": "2026-01-01",
        "valid_until": "2027-01-01",
    }
    for body, field in (
        (new_case(municipality="00000000"), "municipality"),
        (new_case(paths=paths), "paths"),
        (new_case(case_manager="ben"), "case_manager"),
        (new_case(consents=[consent]), "consents"),
    ):
        answer = await anna.send_act("/cases", body)
        assert field_of(problem(answer, 422, "unusable-input")) == ("body", field)
    path = f"/cases/{await anna.open_case()}/referrals"
    application = {"benefit": "x1", "office": str(uuid7()), "filed_at": "2026-01-01"}
    for body, field in (
        (new_referral("nobody"), "agency"),
        (new_referral(application=application), "application.office"),
    ):
        answer = await anna.send_act(path, body)
        assert field_of(problem(answer, 422, "unusable-input")) == ("body", field)


async def test_a_step_that_two_paths_have_needs_its_path(anna: Program) -> None:
    paths = [{"pathway": "benefit-change", "member": member} for member in (0, 1)]
    case_id = await anna.open_case(paths=paths)
    answer = await anna.send_act(f"/cases/{case_id}/referrals", new_referral())
    assert field_of(problem(answer, 422, "unusable-input")) == ("body", "path")
    case = await anna.read(f"/cases/{case_id}")
    referral_id = await anna.refer(case_id, path=case["paths"][1]["id"])
    assert (await anna.read(f"/referrals/{referral_id}"))["path_id"] == case["paths"][1]["id"]


async def test_without_the_database_everything_is_unavailable(
    app: FastAPI, anna: Program, container: Container
) -> None:
    app.state.container = replace(container, database=Database(NOWHERE))
    for answer in (await anna.get("/cases"), await anna.send_act("/cases", new_case())):
        problem(answer, 503, "unavailable")
        assert answer.headers["retry-after"]


async def test_without_the_engine_an_act_is_unconfirmed_and_its_key_asks_again(
    app: FastAPI, anna: Program, container: Container
) -> None:
    settings = container.settings.model_copy(update={"temporal_address": "127.0.0.1:1"})
    client = await connect(settings, lazily=True)
    app.state.container = replace(container, client=client, engine=Engine(client))
    answer = await anna.send_act("/cases", new_case(), key="k")
    problem(answer, 503, "unconfirmed")
    assert answer.headers["retry-after"]

    app.state.container = container
    case_id = body_of(await anna.send_act("/cases", new_case(), key="k"), 201)["id"]
    assert (await anna.read(f"/cases/{case_id}"))["status"] == "open"
    assert len((await anna.read("/cases"))["items"]) == 1


async def test_refusals_speak_the_callers_language(anna: Program) -> None:
    answer = await anna.get(f"/cases/{uuid7()}", headers={"accept-language": "de"})
    assert problem(answer, 404, "not-found")["title"] == "Hier haben wir nichts gefunden"


def field_of(body: Json) -> tuple[str, str]:
    [error] = body["errors"]
    assert error["detail"]
    return error["in"], error["field"]
