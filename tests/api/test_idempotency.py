"""The same key has one effect, however often it comes, and whenever."""

import asyncio

import httpx
import pytest

from tests.api.conftest import Programs
from tests.api.programs import Json, Program, body_of, new_case, new_referral, problem
from tests.api.test_members import BABY

AT_ONCE = 20
PASSPORT: Json = {"member": 0, "kind": "passport", "starts_on": "2026-01-31"}


async def test_one_case_of_twenty_requests_at_once(anna: Program) -> None:
    answers = await asyncio.gather(
        *(anna.send_act("/cases", new_case(), key="k") for _ in range(AT_ONCE))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len((await anna.read("/cases"))["items"]) == 1


async def test_one_referral_of_twenty_requests_at_once(anna: Program) -> None:
    path = f"/cases/{await anna.open_case()}/referrals"
    answers = await asyncio.gather(
        *(anna.send_act(path, new_referral(), key="k") for _ in range(AT_ONCE))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await anna.read("/referrals"))["items"]) == 1


async def test_one_acceptance_of_twenty_requests_at_once(anna: Program, clara: Program) -> None:
    referral_id = await anna.refer(await anna.open_case())
    path = f"/referrals/{referral_id}/accept"
    answers = await asyncio.gather(
        *(clara.send_act(path, {"note": "Yes."}, key="k") for _ in range(AT_ONCE))
    )
    assert {answer.status_code for answer in answers} == {200}
    referral = await clara.read(f"/referrals/{referral_id}")
    assert [event["action"] for event in referral["events"]] == ["request", "accept"]


async def test_a_repeat_says_that_it_is_one(anna: Program, clara: Program) -> None:
    path = f"/referrals/{await anna.refer(await anna.open_case())}/accept"
    first = await clara.send_act(path, key="k")
    again = await clara.send_act(path, key="k")
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == first.json()


async def test_a_repeat_is_answered_after_the_referral_and_the_case_are_closed(
    anna: Program, clara: Program
) -> None:
    case_id = await anna.open_case("languages-only")
    referral_id = await anna.refer(case_id)
    acts = [("accept", "k1"), ("arrive", "k2"), ("complete", "k3")]
    for action, key in acts:
        body_of(await clara.send_act(f"/referrals/{referral_id}/{action}", key=key), 200)
    await anna.read_when(
        f"/cases/{case_id}", lambda case: case["paths"][0]["steps"][0]["status"] == "done"
    )
    closing = (f"/cases/{case_id}/close", {"outcome": "goal-reached"}, "k4")
    body_of(await anna.send_act(*closing), 200)

    for action, key in acts:
        again = await clara.send_act(f"/referrals/{referral_id}/{action}", key=key)
        assert body_of(again, 200)["status"] == "completed"
        assert again.headers["idempotency-replayed"] == "true"
    again = await anna.send_act(*closing)
    assert body_of(again, 200)["status"] == "closed"
    assert again.headers["idempotency-replayed"] == "true"
    referral = await clara.read_when(
        f"/referrals/{referral_id}", lambda found: found["clock"] is None
    )
    acts_and_ending = ["request", "accept", "arrive", "complete", "close"]
    assert [event["action"] for event in referral["events"]] == acts_and_ending


async def test_a_key_stands_for_one_request(anna: Program, clara: Program) -> None:
    case_id = body_of(await anna.send_act("/cases", new_case(), key="a"), 201)["id"]
    sending = f"/cases/{case_id}/referrals"
    referral_id = body_of(await anna.send_act(sending, new_referral(), key="b"), 201)["id"]
    path = f"/referrals/{referral_id}"
    body_of(await clara.send_act(f"{path}/receive", {"note": "one"}, key="c"), 200)

    for program, where, body, key in (
        (anna, "/cases", new_case("at-once"), "a"),
        (anna, sending, new_referral(note="other"), "b"),
        (anna, sending, new_referral(), "a"),
        (anna, f"{path}/nudge", {}, "b"),
        (clara, f"{path}/receive", {"note": "other"}, "c"),
        (clara, f"{path}/accept", {"note": "one"}, "c"),
    ):
        answer = await program.send_act(where, body, key)
        problem(answer, 422, "idempotency-key-reused")
    assert (await clara.read(path))["status"] == "received"


@pytest.mark.parametrize(
    ("what", "body", "other"),
    [
        ("paths", {"pathway": "benefit-change", "member": 1}, {"member": 0}),
        ("entitlements", PASSPORT, {"starts_on": "2026-02-28"}),
        ("members", BABY, {"given_name": "Mariam"}),
    ],
)
async def test_a_key_that_made_something_in_a_case_stands_for_it(
    anna: Program, what: str, body: Json, other: Json
) -> None:
    path = f"/cases/{await anna.open_case()}/{what}"
    body_of(await anna.send_act(path, body, key="k"), 201)
    answer = await anna.send_act(path, body | other, key="k")
    problem(answer, 422, "idempotency-key-reused")


async def test_keys_of_different_people_do_not_meet(programs: Programs) -> None:
    ids = [
        body_of(await programs[name].send_act("/cases", new_case(), key="k"), 201)["id"]
        for name in ("anna", "ben")
    ]
    assert len(set(ids)) == 2


async def test_without_a_key_a_repeat_is_a_new_act(anna: Program) -> None:
    referral_id = await anna.refer(await anna.open_case())
    assert (await anna.act(referral_id, "nudge"))["seq"] == 2
    assert (await anna.act(referral_id, "nudge"))["seq"] == 3


async def test_a_refused_request_does_not_use_up_its_key(anna: Program, clara: Program) -> None:
    path = f"/referrals/{await anna.refer(await anna.open_case())}/reject"
    problem(await clara.send_act(path, {}, key="form"), 422, "reason-missing")
    body_of(await clara.send_act(path, {"reason": "duplicate"}, key="form"), 200)


@pytest.mark.parametrize("key", ["a", "x" * 200, "Füße".encode().hex(), '"quoted"', "a b"])
async def test_every_printable_key_will_do(anna: Program, key: str) -> None:
    body_of(await anna.send_act("/cases", new_case(), key), 201)


@pytest.mark.parametrize("key", ["x" * 201, "", "\x07", "ä", "a\x00b"])
async def test_other_keys_are_refused(anna: Program, key: str) -> None:
    headers = httpx.Headers({b"idempotency-key": key.encode()})
    answer = await anna.post("/cases", json=new_case(), headers=headers)
    [error] = problem(answer, 422, "unusable-input")["errors"]
    assert (error["in"], error["field"]) == ("header", "Idempotency-Key")
