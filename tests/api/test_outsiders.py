"""Who has nothing to do with a case finds nothing of it: on every route that names it."""

from uuid import UUID

import httpx
from fastapi import FastAPI
from uuid_utils.compat import uuid7

from tests.api.conftest import Programs
from tests.api.operations import requests_for
from tests.api.programs import FAMILY, NOTE, Program, new_case, problem
from workflows.domain.actions import Action

OUTSIDERS = ("ben", "dieter", "katja", "amir", "olga", "doris")
RECEIVERS = ("clara", "karim", "sabine")


async def ask(program: Program, method: str, path: str, body: object) -> httpx.Response:
    return await program.request(method, f"http://nahtlos.test{path}", json=body)


async def test_every_route_answers_as_if_it_were_not_there(
    programs: Programs, app: FastAPI
) -> None:
    case_id = await programs["anna"].open_case()
    referral_id = await programs["anna"].refer(case_id, note=NOTE)
    before = await programs["anna"].read(f"/referrals/{referral_id}")
    asked = refused = 0
    for names, thing, its_id in (
        ((*OUTSIDERS, *RECEIVERS), "case_id", case_id),
        (OUTSIDERS, "referral_id", referral_id),
    ):
        requests = list(requests_for(app, thing, its_id))
        nowhere = list(requests_for(app, thing, str(uuid7())))
        for name in names:
            for mine, others in zip(requests, nowhere, strict=True):
                asked += 1
                answer = await ask(programs[name], *mine)
                unknown = await ask(programs[name], *others)
                problem(answer, 404, "not-found")
                assert answer.content == unknown.content
                refused += 1
    # A case is read, sent on, closed, opened again, assigned, its step waived, gets another path,
    # its path is moved after a look at that, and it has the four acts of a transfer, four routes
    # of its timeline, and somebody joins and leaves; a referral is read, and has its acts,
    # refer-again and waive.
    assert asked == refused == 9 * 19 + 6 * (1 + len(Action) + 2)
    assert await programs["anna"].read(f"/referrals/{referral_id}") == before


async def test_what_is_no_id_is_not_found_either(programs: Programs, app: FastAPI) -> None:
    anna = programs["anna"]
    unknown = await anna.get(f"/cases/{uuid7()}")
    for thing in ("case_id", "referral_id"):
        for odd in ("1", "x" * 300, "%00", "%ed%a0%80", "'; drop table cases; --"):
            for method, path, body in requests_for(app, thing, odd):
                answer = await ask(anna, method, path, body)
                assert problem(answer, 404, "not-found") == unknown.json()


async def test_acts_that_there_are_not_are_not_found(anna: Program) -> None:
    referral_id = await anna.refer(await anna.open_case())
    for action in ("request", "remind", "overdue", "lapse", "settle"):
        problem(await anna.send_act(f"/referrals/{referral_id}/{action}"), 404, "not-found")
    for action in ("reject", "offer"):
        problem(await anna.send_act(f"/cases/{uuid7()}/{action}"), 404, "not-found")


async def test_their_lists_are_empty(programs: Programs) -> None:
    referral_id = await programs["anna"].refer(await programs["anna"].open_case("at-once"))
    await programs["anna"].read_when(f"/referrals/{referral_id}", lambda found: found["gaps"])
    for name in OUTSIDERS:
        for path in ("/cases", "/referrals", "/gaps"):
            assert await programs[name].read(path) == {"items": [], "next": None}
    for name in RECEIVERS:
        assert (await programs[name].read("/cases"))["items"] == []


async def test_others_do_not_open_cases(programs: Programs) -> None:
    for name in ("clara", "sabine", "dieter", "katja", "amir", "olga", "doris"):
        problem(await programs[name].send_act("/cases", new_case()), 403, "not-involved")


async def test_without_a_token_there_is_nothing(app: FastAPI, programs: Programs) -> None:
    stranger = Program(app, token="nobody")
    for thing in ("case_id", "referral_id"):
        for method, path, body in requests_for(app, thing, str(uuid7())):
            problem(await ask(stranger, method, path, body), 401, "sign-in-needed")
    await stranger.aclose()
    assert programs


async def test_the_receiver_sees_the_fields_of_the_step_and_no_others(programs: Programs) -> None:
    anna, clara = programs["anna"], programs["clara"]
    case_id = await anna.open_case("languages-only")
    referral_id = await anna.refer(case_id)
    answer = await clara.get(f"/referrals/{referral_id}")
    listed = await clara.get("/referrals")
    subject = {"name": None, "birth_date": None, "languages": ["ar", "fr"]}
    assert answer.json()["subjects"] == [subject]
    assert answer.json()["household_size"] is None
    assert answer.json()["case_id"] is None
    assert answer.json()["path_id"] is None
    for said in (answer.text, listed.text):
        for hidden in (*(str(FAMILY[0][key]) for key in ("given_name", "birth_date")), "Haddad"):
            assert hidden not in said
        assert case_id not in said
        assert str(UUID(case_id).hex) not in said
    assert "Haddad" in (await anna.get(f"/referrals/{referral_id}")).text


async def test_the_receiver_sees_only_whom_the_path_is_for(programs: Programs) -> None:
    anna, clara = programs["anna"], programs["clara"]
    paths = [{"pathway": "benefit-change", "member": 1}]
    referral_id = await anna.refer(await anna.open_case(paths=paths), note=NOTE)
    referral = await clara.read(f"/referrals/{referral_id}")
    assert [subject["name"] for subject in referral["subjects"]] == ["Yusuf Haddad"]
    assert referral["subjects"][0]["languages"] is None
    assert referral["note"] == NOTE
    assert "Amina" not in str(referral)


async def test_lists_name_nobody(programs: Programs) -> None:
    anna, clara = programs["anna"], programs["clara"]
    referral_id = await anna.refer(await anna.open_case("at-once"))
    await anna.read_when(f"/referrals/{referral_id}", lambda found: found["gaps"])
    for program in (anna, clara):
        for path in ("/cases", "/referrals", "/gaps"):
            said = (await program.get(path)).text
            assert not any(name in said for name in ("Amina", "Yusuf", "Haddad", "1990"))
