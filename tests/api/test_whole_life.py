"""What else happens between two agencies: questions, holds, appointments, objections, undoing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.programs import Json, Program, problem
from tests.api.surroundings import NEXT_DOOR, TELEPHONE_ONLY
from workflows.domain.working_days import local_day

QUESTION = "Is the rental contract signed?"
CALL = {"channel": "telephone", "on": "2026-01-05", "spoken_to": "Frau Muster"}


def in_days(number: int) -> str:
    """Return a day to come."""
    return (local_day(datetime.now(UTC)) + timedelta(days=number)).isoformat()


def tomorrow_at_nine() -> str:
    """Return an instant to come."""
    return f"{in_days(1)}T09:00:00Z"


@pytest.fixture
async def request_id(anna: Program) -> str:
    """Anna asks Clara's agency."""
    return await anna.refer(await anna.open_case())


@pytest.fixture
async def at_work(request_id: str, clara: Program) -> str:
    """Clara's agency works on it."""
    await clara.act(request_id, "accept")
    await clara.act(request_id, "arrive")
    return request_id


def clock(referral: Json) -> tuple[str, str]:
    """Return where it stands and whose clock runs."""
    return referral["status"], referral["clock"]["party"]


async def test_a_question_is_the_senders_turn_until_it_is_answered(
    anna: Program, clara: Program, request_id: str
) -> None:
    asked = await clara.act(request_id, "ask", note=QUESTION)
    assert (clock(asked), asked["business_status"]) == (("on-hold", "sender"), "question")
    seen = await anna.read(f"/referrals/{request_id}")
    assert seen["events"][-1]["note"] == QUESTION
    assert "answer" in seen["allowed_actions"]

    answered = await anna.act(request_id, "answer", note="Yes, since Monday.")
    assert (clock(answered), answered["business_status"]) == (("requested", "receiver"), None)
    assert [span["party"] for span in answered["clocks"]] == ["receiver", "sender", "receiver"]


async def test_the_case_shows_whose_clock_runs_during_a_question(
    anna: Program, clara: Program, request_id: str
) -> None:
    case_id = (await anna.read(f"/referrals/{request_id}"))["case_id"]
    await clara.act(request_id, "ask", note=QUESTION)
    step = (await anna.read(f"/cases/{case_id}"))["paths"][0]["steps"][0]
    assert (step["status"], step["clock"]["party"]) == ("referred", "sender")
    assert step["responsible"]["key"] == "office-a"


async def test_a_hold_names_its_party_and_its_last_day(clara: Program, at_work: str) -> None:
    until = in_days(10)
    held = await clara.act(at_work, "hold", party="client", reason="documents-missing", until=until)
    assert (clock(held), held["business_status"]) == (("on-hold", "client"), "waiting-client")
    assert local_day(datetime.fromisoformat(held["clock"]["due_at"])).isoformat() == until
    resumed = await clara.act(at_work, "resume")
    assert clock(resumed) == ("in-progress", "receiver")


async def test_an_appointment_is_seen_by_both_and_missed_by_the_client(
    anna: Program, clara: Program, request_id: str
) -> None:
    await clara.act(request_id, "accept")
    at = tomorrow_at_nine()
    made = await clara.act(request_id, "appoint", appointment={"at": at, "interpreter": "ar"})
    assert made["appointment"] == {"at": at, "interpreter": "ar"}
    assert (await anna.read(f"/referrals/{request_id}"))["appointment"] == made["appointment"]
    assert (clock(made), made["business_status"]) == (("accepted", "receiver"), "appointment")
    early = await clara.send_act(f"/referrals/{request_id}/no-show", {})
    problem(early, 409, "appointment-ahead")


async def test_who_does_not_come_has_the_clock(clara: Program, request_id: str) -> None:
    await clara.act(request_id, "accept")
    missed = await clara.act(request_id, "no-show")
    assert (clock(missed), missed["business_status"]) == (("accepted", "client"), "no-show")


async def test_who_is_not_competent_names_who_is_and_the_sender_goes_there(
    anna: Program, clara: Program, request_id: str
) -> None:
    back = await clara.act(request_id, "redirect", agency=NEXT_DOOR)
    assert (back["status"], back["business_status"]) == ("rejected", "redirected")
    assert (back["competent_agency"]["key"], back["bounces"]) == (NEXT_DOOR, 1)
    basis = (await anna.read(f"/referrals/{request_id}"))["basis"]
    second = await anna.act(
        request_id, "refer-again", agency=NEXT_DOOR, basis={"statute": basis["statute"]}
    )
    assert (second["bounces"], second["referred_at"]) == (1, back["referred_at"])


async def test_not_competent_without_naming_another_is_no_reason(
    clara: Program, request_id: str
) -> None:
    path = f"/referrals/{request_id}"
    plain = await clara.send_act(f"{path}/reject", {"reason": "not-competent"})
    problem(plain, 422, "reason-missing")
    problem(await clara.send_act(f"{path}/redirect", {}), 422, "competent-agency-missing")
    itself = await clara.send_act(f"{path}/redirect", {"agency": "receiver"})
    problem(itself, 422, "competent-agency-missing")
    unknown = await clara.send_act(f"{path}/redirect", {"agency": "nobody-knows"})
    assert unknown.status_code == 422


async def test_after_the_effect_the_sender_confirms(
    anna: Program, clara: Program, at_work: str
) -> None:
    done = await clara.act(at_work, "complete", outcome="partly-achieved")
    assert (clock(done), done["outcome"]) == (("completed", "client"), "partly-achieved")
    confirmed = await anna.act(at_work, "confirm")
    assert (confirmed["business_status"], confirmed["clock"]) == ("confirmed", None)
    assert confirmed["closed_at"]


async def test_an_effect_that_is_disputed_brings_the_step_back(
    anna: Program, clara: Program, at_work: str
) -> None:
    done = await clara.act(at_work, "complete")
    case_id = (await anna.read(f"/referrals/{at_work}"))["case_id"]

    def status(case: Json, step: int) -> Any:
        return case["paths"][0]["steps"][step]["status"]

    await anna.read_when(f"/cases/{case_id}", lambda case: status(case, 0) == "done")
    disputed = await anna.act(at_work, "dispute", reason="did-not-happen")
    assert done["status"] == "completed"
    assert clock(disputed) == ("in-progress", "receiver")
    assert [(gap["kind"], gap["level"]) for gap in disputed["gaps"]] == [("disputed", "reminder")]
    case = await anna.read_when(
        f"/cases/{case_id}", lambda case: bool(status(case, 0) == "in-progress")
    )
    assert status(case, 1) == "waiting", "the next step waits again"
    assert case["paths"][0]["steps"][0]["clock"]["party"] == "receiver"


async def test_a_deadline_is_moved_with_a_reason(
    anna: Program, clara: Program, request_id: str
) -> None:
    until = in_days(21)
    moved = await anna.act(request_id, "move-deadline", until=until, reason="agreed")
    assert local_day(datetime.fromisoformat(moved["clock"]["due_at"])).isoformat() == until
    assert len(moved["clocks"]) == 1, "the clock itself runs on"
    assert moved["events"][-1]["reason"] == "agreed"
    path = f"/referrals/{request_id}/move-deadline"
    problem(await clara.send_act(path, {"until": until, "reason": "agreed"}), 403, "not-involved")
    past = {"until": in_days(-1), "reason": "agreed"}
    problem(await anna.send_act(path, past), 422, "day-unfit")
    problem(await anna.send_act(path, {"until": until}), 422, "reason-missing")


async def test_an_act_is_taken_back_by_who_did_it(
    anna: Program, clara: Program, request_id: str
) -> None:
    await clara.act(request_id, "reject", reason="no-capacity")
    undone = await clara.act(request_id, "undo")
    assert clock(undone) == ("requested", "receiver")
    assert (undone["events"][-1]["action"], undone["events"][-1]["undoes"]) == ("undo", "reject")
    problem(await clara.send_act(f"/referrals/{request_id}/undo", {}), 409, "nothing-to-undo")
    case_id = (await anna.read(f"/referrals/{request_id}"))["case_id"]
    await anna.read_when(
        f"/cases/{case_id}",
        lambda case: case["paths"][0]["steps"][0]["status"] == "referred",
    )


async def test_an_effect_is_not_taken_back_once_the_next_step_is_on_its_way(
    anna: Program, clara: Program, at_work: str
) -> None:
    done = await clara.act(at_work, "complete")
    assert "undo" in done["allowed_actions"]
    case_id = (await anna.read(f"/referrals/{at_work}"))["case_id"]
    await anna.read_when(
        f"/cases/{case_id}", lambda case: case["paths"][0]["steps"][1]["status"] == "due"
    )
    await anna.refer(case_id, "other-agency", step="residence")

    assert "undo" not in (await clara.read(f"/referrals/{at_work}"))["allowed_actions"]
    problem(await clara.send_act(f"/referrals/{at_work}/undo", {}), 409, "nothing-to-undo")
    assert (await clara.read(f"/referrals/{at_work}"))["status"] == "completed"


async def test_a_request_sent_by_mistake_is_taken_back_and_its_step_is_due_again(
    anna: Program, clara: Program, request_id: str
) -> None:
    undone = await anna.act(request_id, "undo")
    assert (undone["status"], undone["clock"]) == ("entered-in-error", None)
    step = await anna.read_when(
        f"/cases/{undone['case_id']}",
        lambda case: case["paths"][0]["steps"][0]["status"] == "due",
    )
    assert step["paths"][0]["steps"][0]["clock"]["party"] == "sender"
    problem(await clara.send_act(f"/referrals/{request_id}/accept", {}), 409, "illegal-move")


async def test_for_an_agency_by_telephone_the_sender_writes_down_question_and_appointment(
    anna: Program,
) -> None:
    referral_id = await anna.refer(await anna.open_case(), TELEPHONE_ONLY)
    asked = await anna.act(referral_id, "ask", note=QUESTION, source=CALL)
    assert clock(asked) == ("on-hold", "sender")
    await anna.act(referral_id, "answer", note="Yes.")
    await anna.act(referral_id, "accept", source=CALL)
    at = tomorrow_at_nine()
    made = await anna.act(referral_id, "appoint", appointment={"at": at}, source=CALL)
    assert made["appointment"] == {"at": at, "interpreter": None}


@pytest.mark.parametrize("action", ["ask", "progress"])
async def test_what_is_said_has_to_be_written_down(
    clara: Program, at_work: str, action: str
) -> None:
    problem(await clara.send_act(f"/referrals/{at_work}/{action}", {}), 422, "note-missing")


async def test_a_hold_without_party_day_or_reason_is_refused(clara: Program, at_work: str) -> None:
    path = f"/referrals/{at_work}/hold"
    whole = {"party": "third-party", "reason": "decision-pending", "until": in_days(5)}
    for missing, code in (
        ("party", "party-missing"),
        ("reason", "reason-missing"),
        ("until", "day-unfit"),
    ):
        body = {name: value for name, value in whole.items() if name != missing}
        problem(await clara.send_act(path, body), 422, code)
    assert clock(await clara.act(at_work, "hold", **whole)) == ("on-hold", "third-party")


async def test_an_interpreter_is_part_of_a_request(anna: Program, clara: Program) -> None:
    referral_id = await anna.refer(await anna.open_case(), interpreter="ti")
    assert (await clara.read(f"/referrals/{referral_id}"))["interpreter"] == "ti"
