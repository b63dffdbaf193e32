"""After a referral came back: its step goes elsewhere, or is left out."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from service.bootstrap import Container
from service.ledger.states import States
from service.ledger.tables import workflow_states
from service.referrals import again
from tests.api.conftest import Programs
from tests.api.programs import Json, Program, body_of, problem
from tests.api.surroundings import NEXT_DOOR
from tests.world import STATUTE
from workflows.domain.case_state import CaseState
from workflows.domain.principal import Principal
from workflows.names import case_workflow_id

ELSEWHERE = {"agency": NEXT_DOOR, "basis": {"statute": STATUTE}}


async def rejected(anna: Program, clara: Program) -> str:
    """Return a referral that has just come back."""
    referral_id = await anna.refer(await anna.open_case())
    await clara.act(referral_id, "reject", reason="no-capacity")
    return referral_id


def job_centre(case: Json) -> dict[str, Any]:
    step: dict[str, Any] = case["paths"][0]["steps"][0]
    return step


async def test_it_goes_to_another_agency(anna: Program, clara: Program) -> None:
    first = await anna.refer(await anna.open_case())
    back = await clara.act(first, "redirect", agency=NEXT_DOOR, note="Try next door.")
    assert back["allowed_actions"] == ["undo"]
    # At once: the case may not know yet that it came back.
    second = await anna.act(first, "refer-again", **ELSEWHERE)

    assert (second["status"], second["to_agency"]["key"]) == ("requested", NEXT_DOOR)
    assert second["predecessor_id"] == first
    ended = await anna.read_when(f"/referrals/{first}", lambda found: bool(found["closed_at"]))
    assert ended["successor_id"] == second["id"]
    assert second["referred_at"] == ended["referred_at"]
    assert ended["allowed_actions"] == []
    case = await anna.read(f"/cases/{second['case_id']}")
    assert job_centre(case)["referral"]["id"] == second["id"]


async def test_it_can_also_go_to_the_same_agency_again(anna: Program, clara: Program) -> None:
    first = await rejected(anna, clara)
    same = {"agency": "receiver", "basis": {"statute": STATUTE}}
    assert (await anna.act(first, "refer-again", **same))["id"] != first


async def test_its_step_is_left_out(anna: Program, clara: Program) -> None:
    referral_id = await rejected(anna, clara)
    waiting = await anna.read(f"/referrals/{referral_id}")
    assert waiting["allowed_actions"] == ["refer-again", "waive", "move-deadline"]

    waived = await anna.act(referral_id, "waive", reason="client-declined", note="Found work.")
    assert (waived["status"], waived["clock"]) == ("rejected", None)
    assert waived["closed_at"]
    assert waived["events"][-1]["action"] == "waive"
    case = await anna.read(f"/cases/{waived['case_id']}")
    assert job_centre(case)["status"] == "waived"


@pytest.mark.parametrize("action", ["refer-again", "waive"])
async def test_the_same_request_again_is_answered_with_what_happened(
    anna: Program, clara: Program, action: str
) -> None:
    referral_id = await rejected(anna, clara)
    path = f"/referrals/{referral_id}/{action}"
    body: Json = ELSEWHERE if action == "refer-again" else {"reason": "client-moved"}
    answers = await asyncio.gather(*(anna.send_act(path, body, key="once") for _ in range(8)))
    answers.append(await anna.send_act(path, body, key="once"))

    assert len({body_of(answer, 200)["id"] for answer in answers}) == 1
    if action == "waive":
        assert answers[-1].headers["idempotency-replayed"] == "true"
    found = await anna.read("/referrals", agency=NEXT_DOOR)
    assert len(found["items"]) == (1 if action == "refer-again" else 0)


@pytest.mark.parametrize("action", ["refer-again", "waive"])
async def test_it_has_to_be_back_first(anna: Program, action: str) -> None:
    referral_id = await anna.refer(await anna.open_case())
    body: Json = ELSEWHERE if action == "refer-again" else {"reason": "client-moved"}
    answer = await anna.send_act(f"/referrals/{referral_id}/{action}", body)
    problem(answer, 409, "illegal-move")


async def test_it_goes_on_once_only(anna: Program, clara: Program) -> None:
    first = await rejected(anna, clara)
    await anna.act(first, "refer-again", **ELSEWHERE)
    for action, body in (("refer-again", ELSEWHERE), ("waive", {"reason": "client-moved"})):
        answer = await anna.send_act(f"/referrals/{first}/{action}", body)
        problem(answer, 409, "illegal-move")


async def test_the_key_of_a_referral_cannot_send_it_on_itself(programs: Programs) -> None:
    anna = programs["anna"]
    first = await rejected(anna, programs["clara"])
    same = {"agency": "receiver", "basis": {"statute": STATUTE}}
    answer = await anna.send_act(f"/referrals/{first}/refer-again", same, key="k")
    second = body_of(answer, 200)["id"]
    await programs["clara"].act(second, "reject", reason="no-capacity")
    answer = await anna.send_act(f"/referrals/{second}/refer-again", same, key="k")
    problem(answer, 422, "idempotency-key-reused")


async def test_two_colleagues_at_once_have_one_effect(programs: Programs) -> None:
    anna, stefan, clara = programs["anna"], programs["stefan"], programs["clara"]
    referral_id = await rejected(anna, clara)
    path = f"/referrals/{referral_id}/refer-again"
    answers = await asyncio.gather(
        *(person.send_act(path, ELSEWHERE) for person in (anna, stefan) for _ in range(3))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.is_error} <= {
        "illegal-move",
        "step-not-due",
    }


async def test_a_case_that_has_not_heard_of_it_is_waited_for(
    anna: Program, clara: Program, container: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    referral_id = await rejected(anna, clara)
    case_id = (await anna.read(f"/referrals/{referral_id}"))["case_id"]
    await anna.read_when(f"/cases/{case_id}", lambda case: job_centre(case)["status"] == "due")
    knows = await state_of(container, case_id)
    path = f"/referrals/{referral_id}/refer-again"

    await write_state(container, case_id, not_knowing(knows))
    monkeypatch.setattr(again, "LOOKS", 2)
    problem(await anna.send_act(path, ELSEWHERE, key="k"), 503, "unconfirmed")

    monkeypatch.setattr(again, "LOOKS", 50)
    waiting = asyncio.create_task(anna.send_act(path, ELSEWHERE, key="k"))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await write_state(container, case_id, knows)
    assert (await waiting).status_code == 200


async def state_of(container: Container, case_id: str) -> CaseState:
    async with container.database.transaction() as connection:
        system, now = Principal.system(), container.clock.now()
        state = await States(connection).case(system, now, UUID(case_id))
    assert state
    return state


def not_knowing(state: CaseState) -> CaseState:
    """Return the case as it was before it heard that a referral came back."""
    [path] = state.paths
    steps = tuple(
        step.model_copy(update={"referral_seq": 0, "unsettled": False}) for step in path.steps
    )
    return state.model_copy(update={"paths": (path.model_copy(update={"steps": steps}),)})


async def write_state(container: Container, case_id: str, state: CaseState) -> None:
    async with container.database.transaction() as connection:
        await connection.execute(
            update(workflow_states)
            .where(workflow_states.c.workflow_id == case_workflow_id(UUID(case_id)))
            .values(state=state.model_dump(mode="json"))
        )


async def test_who_looked_before_it_came_back_looks_again(anna: Program, clara: Program) -> None:
    referral_id = await rejected(anna, clara)
    stale = {**ELSEWHERE, "expected_seq": 1}
    answer = await anna.send_act(f"/referrals/{referral_id}/refer-again", stale)
    problem(answer, 409, "stale-view")


async def test_only_the_sender_decides(anna: Program, clara: Program) -> None:
    referral_id = await rejected(anna, clara)
    answer = await clara.send_act(f"/referrals/{referral_id}/refer-again", ELSEWHERE)
    problem(answer, 403, "not-involved")
    answer = await clara.send_act(f"/referrals/{referral_id}/waive", {"reason": "client-moved"})
    problem(answer, 403, "not-involved")


async def test_what_does_not_fit_can_be_corrected_under_the_same_key(
    anna: Program, clara: Program
) -> None:
    path = f"/referrals/{await rejected(anna, clara)}/refer-again"
    wrong = {**ELSEWHERE, "agency": "other-agency"}
    problem(await anna.send_act(path, wrong, key="form"), 422, "agency-unfit")
    assert (await anna.send_act(path, ELSEWHERE, key="form")).status_code == 200
