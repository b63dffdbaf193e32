"""The referral loop, by HTTP alone."""

from datetime import datetime, timedelta
from typing import Any

from tests.api.conftest import Programs
from tests.api.programs import NOTE, Json, Program, is_uuid7, new_case, new_referral
from tests.api.surroundings import TELEPHONE_ONLY
from tests.cast import OFFICE_A, RECEIVER
from tests.world import STATUTE

OFFICE = {"id": str(OFFICE_A), "key": "office-a", "name": "KIM-Büro A"}
JOB_CENTRE = {"id": str(RECEIVER), "key": "receiver", "name": "Jobcenter Paderborn"}


def steps_of(case: Json) -> dict[str, Any]:
    return {step["key"]: step for step in case["paths"][0]["steps"]}


async def test_from_the_first_day_to_the_last(anna: Program, clara: Program) -> None:
    opened = await anna.send_act("/cases", new_case())
    assert opened.status_code == 201
    case_id = opened.json()["id"]
    assert is_uuid7(case_id)
    assert opened.headers["location"] == f"/api/v1/cases/{case_id}"

    case = await anna.read(f"/cases/{case_id}")
    assert (case["status"], case["office"]) == ("open", OFFICE)
    assert case["case_manager"]["name"] == "Anna Albers"
    assert [member["given_name"] for member in case["household"]] == ["Amina", "Yusuf"]
    assert case["paths"][0]["member"] == 0
    steps = steps_of(case)
    assert steps["job-centre"]["status"] == "due"
    assert steps["job-centre"]["responsible"] == OFFICE
    assert steps["job-centre"]["clock"]["party"] == "sender"
    assert steps["residence"] | {"key": "", "legal_area": ""} == {
        "key": "",
        "legal_area": "",
        "version": 1,
        "status": "waiting",
        "responsible": None,
        "clock": None,
        "referral": None,
    }

    sent = await anna.send_act(f"/cases/{case_id}/referrals", new_referral(note=NOTE))
    assert sent.status_code == 201
    referral_id = sent.json()["id"]
    assert sent.headers["location"] == f"/api/v1/referrals/{referral_id}"
    referral = await clara.read(f"/referrals/{referral_id}")
    assert (referral["status"], referral["from_agency"]) == ("requested", OFFICE)
    assert referral["to_agency"] == JOB_CENTRE
    assert referral["responsible"] == OFFICE
    assert referral["basis"] == {"consent": None, "statute": STATUTE}
    assert referral["clock"]["party"] == "receiver"
    answers = ["receive", "claim", "accept", "reject", "redirect", "ask"]
    assert referral["allowed_actions"] == answers

    for action, status, note in (
        ("receive", "received", None),
        ("accept", "accepted", None),
        ("arrive", "in-progress", None),
        ("progress", "in-progress", "The papers are complete."),
        ("complete", "completed", None),
    ):
        seen = referral["seq"]
        referral = await clara.act(referral_id, action, expected_seq=seen, note=note)
        assert referral["status"] == status
    assert referral["clock"]["party"] == "client"
    referral = await anna.act(referral_id, "confirm", expected_seq=referral["seq"])
    assert referral["clock"] is None
    assert [event["seq"] for event in referral["events"]] == [1, 2, 3, 4, 5, 6, 7]
    assert referral["events"][0]["action"] == "request"
    assert {event["actor"] for event in referral["events"]} == {"Anna Albers", "Clara Conrad"}
    assert waited(referral) == age(referral)

    case = await anna.read_when(
        f"/cases/{case_id}", lambda case: steps_of(case)["residence"]["status"] == "due"
    )
    assert steps_of(case)["job-centre"]["status"] == "done"
    assert steps_of(case)["job-centre"]["responsible"] is None
    assert steps_of(case)["job-centre"]["referral"] == {
        "id": referral_id,
        "status": "completed",
        "to_agency": JOB_CENTRE,
    }

    answer = await anna.send_act(
        f"/cases/{case_id}/steps/residence/waive", {"reason": "no-longer-needed"}
    )
    assert steps_of(answer.json())["residence"]["status"] == "waived"
    answer = await anna.send_act(f"/cases/{case_id}/close", {"outcome": "goal-reached"})
    assert (answer.json()["status"], answer.json()["outcome"]) == ("closed", "goal-reached")
    assert answer.json()["closed_at"].endswith("Z")


async def test_the_receiver_becomes_responsible_when_the_step_is_released(
    anna: Program, clara: Program
) -> None:
    case_id = await anna.open_case("languages-only")
    referral_id = await anna.refer(case_id)
    await clara.act(referral_id, "accept")
    await clara.act(referral_id, "arrive")
    case = await anna.read_when(
        f"/cases/{case_id}", lambda case: steps_of(case)["job-centre"]["status"] == "in-progress"
    )
    assert steps_of(case)["job-centre"]["responsible"] == JOB_CENTRE


async def test_a_request_is_claimed_released_and_assigned(programs: Programs) -> None:
    anna, clara, sabine = programs["anna"], programs["clara"], programs["sabine"]
    referral_id = await anna.refer(await anna.open_case())
    assert (await clara.act(referral_id, "claim"))["claimed_by"]["name"] == "Clara Conrad"
    assert (await clara.act(referral_id, "release"))["claimed_by"] is None
    assigned = await sabine.act(referral_id, "assign", assignee="karim")
    assert assigned["claimed_by"]["name"] == "Karim Krüger"


async def test_the_sender_nudges_and_takes_back(anna: Program) -> None:
    referral_id = await anna.refer(await anna.open_case())
    nudged = await anna.act(referral_id, "nudge")
    assert (nudged["status"], nudged["seq"]) == ("requested", 2)
    assert (await anna.act(referral_id, "cancel"))["status"] == "cancelled"


async def test_the_supervisor_gives_a_case_to_a_colleague(programs: Programs) -> None:
    case_id = await programs["stefan"].open_case(case_manager="anna")
    answer = await programs["stefan"].send_act(f"/cases/{case_id}/assign", {"case_manager": "anna"})
    assert answer.status_code == 200
    assert answer.json()["case_manager"]["name"] == "Anna Albers"


async def test_the_sender_records_the_answer_of_an_agency_that_is_not_on_board(
    anna: Program,
) -> None:
    referral_id = await anna.refer(await anna.open_case(), TELEPHONE_ONLY)
    source = {"channel": "telephone", "on": "2026-11-20", "spoken_to": "Frau Muster"}
    referral = await anna.act(referral_id, "accept", source=source)
    assert referral["status"] == "accepted"
    assert referral["events"][-1]["channel"] == "telephone"
    assert referral["events"][-1]["spoken_to"] == "Frau Muster"


async def test_an_application_travels_along_and_keeps_its_day(anna: Program) -> None:
    application = {"benefit": "basic-income", "office": "other-agency"}
    referral_id = await anna.refer(
        await anna.open_case(), application={**application, "filed_at": "2026-10-30"}
    )
    referral = await anna.read(f"/referrals/{referral_id}")
    assert referral["filed_at"] == "2026-10-30"
    assert referral["application"]["benefit"] == "basic-income"


async def test_consent_carries_what_no_statute_permits(anna: Program, clara: Program) -> None:
    consent = {
        "member": 0,
        "agency": "receiver",
        "fields": ["name", "birth_date", "note"],
        "purpose": "Income",
        "given_at": "2026-01-01",
        "valid_until": "2036-01-01",
    }
    case_id = await anna.open_case(consents=[consent])
    kept = (await anna.read(f"/cases/{case_id}"))["consents"][0]
    assert (kept["member"], kept["agency"], kept["given_at"]) == (0, JOB_CENTRE, "2026-01-01")
    referral_id = await anna.refer(case_id, basis={"consent": kept["id"]})
    assert (await clara.read(f"/referrals/{referral_id}"))["basis"]["consent"] == kept["id"]


def waited(referral: Json) -> timedelta:
    """Add up all clocks, having checked that each begins where the one before ends."""
    clocks = referral["clocks"]
    assert [clock["until"] for clock in clocks[:-1]] == [clock["since"] for clock in clocks[1:]]
    return sum((instant(clock["until"]) - instant(clock["since"]) for clock in clocks), timedelta())


def age(referral: Json) -> timedelta:
    return instant(referral["closed_at"]) - instant(referral["opened_at"])


def instant(text: str) -> datetime:
    assert text.endswith("Z")
    return datetime.fromisoformat(text)
