"""Who joins a household and who leaves it, and who is in two cases, for programs."""

from uuid import uuid4

from tests.api.conftest import Programs
from tests.api.programs import FAMILY, Json, Program, body_of, is_uuid7, problem

BABY: Json = {
    "given_name": "Nour",
    "family_name": "Haddad",
    "birth_date": "2026-01-09",
    "languages": ["ar"],
    "role": "child",
}
GONE: Json = {"left_on": "2026-02-01", "reason": "own-household", "note": "In Bielefeld."}


async def add(program: Program, case_id: str, body: Json = BABY, key: str | None = None) -> Json:
    return body_of(await program.send_act(f"/cases/{case_id}/members", body, key), 201)


async def test_somebody_joins_and_is_counted_on(anna: Program) -> None:
    case_id = await anna.open_case()
    answer = await anna.send_act(
        f"/cases/{case_id}/members", BABY | {"joined_on": "2026-01-10"}, "key"
    )
    again = await add(anna, case_id, BABY | {"joined_on": "2026-01-10"}, "key")

    added = body_of(answer, 201)
    assert is_uuid7(added["id"])
    assert added == again == {"id": added["id"], "also_in": []}
    assert answer.headers["location"] == f"/api/v1/cases/{case_id}"
    household = (await anna.read(f"/cases/{case_id}"))["household"]
    assert [one["given_name"] for one in household] == ["Amina", "Yusuf", "Nour"]
    assert household[2] == BABY | {
        "id": added["id"],
        "interpreter": False,
        "joined_on": "2026-01-10",
        "left_on": None,
        "left_reason": None,
        "also_in": [],
    }
    assert household[0]["joined_on"] is None
    path = {"pathway": "benefit-change", "member": 2}
    body_of(await anna.send_act(f"/cases/{case_id}/paths", path), 201)


async def test_somebody_leaves_and_keeps_the_place_by_which_others_are_counted(
    anna: Program,
) -> None:
    paths = [{"pathway": "benefit-change", "member": one} for one in (0, 1, None)]
    case_id = await anna.open_case(paths=paths)
    before = await anna.read(f"/cases/{case_id}")
    first = before["household"][0]["id"]
    leaving = f"/cases/{case_id}/members/{first}/leave"

    after = body_of(await anna.send_act(leaving, GONE, "key"), 200)
    again = await anna.send_act(leaving, GONE, "key")

    assert again.headers["idempotency-replayed"] == "true"
    gone, yusuf = after["household"]
    assert (gone["id"], gone["left_on"], gone["left_reason"]) == (
        first,
        "2026-02-01",
        "own-household",
    )
    assert yusuf["left_on"] is None
    assert [path["member"] for path in after["paths"]] == [0, 1, None]
    assert {step["status"] for step in after["paths"][0]["steps"]} == {"waived"}
    assert after["paths"][1:] == before["paths"][1:]
    path = {"pathway": "another", "member": 0}
    problem(await anna.send_act(f"/cases/{case_id}/paths", path), 422, "unusable-input")
    for what, body in (
        ("paths", {"pathway": "at-once", "member": 0}),
        ("entitlements", {"member": 0, "kind": "passport", "starts_on": "2026-01-31"}),
    ):
        problem(await anna.send_act(f"/cases/{case_id}/{what}", body), 409, "member-gone")
    problem(await anna.send_act(leaving, GONE), 409, "member-gone")
    last = f"/cases/{case_id}/members/{yusuf['id']}/leave"
    problem(await anna.send_act(last, GONE), 409, "last-member")


async def test_requests_for_one_person_stand_against_the_leaving(anna: Program) -> None:
    case_id = await anna.open_case()
    await anna.refer(case_id)
    [first, _] = (await anna.read(f"/cases/{case_id}"))["household"]
    answer = await anna.send_act(f"/cases/{case_id}/members/{first['id']}/leave", GONE)
    said = problem(answer, 409, "requests-open")
    assert said["detail"].startswith("Requests for this person alone: 1.")


async def test_a_step_of_who_has_left_is_sent_to_nobody(anna: Program) -> None:
    case_id = await anna.open_case()
    [first, _] = (await anna.read(f"/cases/{case_id}"))["household"]
    body_of(await anna.send_act(f"/cases/{case_id}/members/{first['id']}/leave", GONE), 200)
    body = {"step": "job-centre", "agency": "receiver", "basis": {"statute": "§ 69 SGB X"}}
    problem(await anna.send_act(f"/cases/{case_id}/referrals", body), 409, "member-gone")


async def test_what_does_not_fit_is_refused_with_a_sentence(anna: Program) -> None:
    case_id = await anna.open_case()
    joining = f"/cases/{case_id}/members"
    for odd in (
        {"birth_date": "2999-01-01"},
        {"birth_date": "1899-01-01"},
        {"joined_on": "2999-01-01"},
        {"joined_on": "2026-01-08"},
        {"joined_on": "soon"},
        {"given_name": ""},
        {"given_name": "x" * 1000},
        {"more": "than that"},
    ):
        problem(await anna.send_act(joining, BABY | odd), 422, "unusable-input")
    baby = (await add(anna, case_id, BABY | {"joined_on": "2026-01-20"}))["id"]
    leaving = f"{joining}/{baby}/leave"
    unfit: tuple[Json, ...] = (
        {"left_on": "2999-01-01"},
        {"left_on": "2026-01-19"},
        {"left_on": None},
        {"reason": "no-capacity"},
        {"reason": "Er ist nach Bielefeld gezogen"},
        {"note": "x" * 4001},
        {"more": "than that"},
    )
    for odd in unfit:
        problem(await anna.send_act(leaving, GONE | odd), 422, "unusable-input")
    early = GONE | {"left_on": "1980-01-01"}
    mother = (await anna.read(f"/cases/{case_id}"))["household"][0]["id"]
    problem(await anna.send_act(f"{joining}/{mother}/leave", early), 422, "unusable-input")
    problem(await anna.send_act(f"{joining}/{uuid4()}/leave", GONE), 404, "not-found")
    problem(await anna.send_act(f"{joining}/1/leave", GONE), 404, "not-found")
    household = (await anna.read(f"/cases/{case_id}"))["household"]
    assert [one["left_on"] for one in household] == [None, None, None]


async def test_one_key_stands_for_one_person(anna: Program) -> None:
    case_id = await anna.open_case()
    await add(anna, case_id, key="key")
    other = BABY | {"given_name": "Lina"}
    answer = await anna.send_act(f"/cases/{case_id}/members", other, "key")
    assert answer.status_code in {409, 422}
    assert len((await anna.read(f"/cases/{case_id}"))["household"]) == 3


async def test_a_person_in_two_cases_is_told_as_far_as_one_may_know(programs: Programs) -> None:
    anna, ben = programs["anna"], programs["ben"]
    first = await anna.open_case()
    swapped = {
        **FAMILY[0],
        "given_name": "HADDAD",
        "family_name": "Amína",
        "languages": [],
    }
    answer = await anna.send_act("/cases", _household(swapped))
    second = body_of(answer, 201)
    assert [(one["member"], one["case"], one["office"]["key"]) for one in second["also_in"]] == [
        (0, first, "office-a")
    ]
    theirs = body_of(await ben.send_act("/cases", _household(swapped, FAMILY[1])), 201)
    assert [(one["member"], one["case"]) for one in theirs["also_in"]] == [
        (0, None),
        (0, None),
        (1, None),
    ]

    amina, yusuf = (await anna.read(f"/cases/{first}"))["household"]
    assert [(one["case"], one["office"]["key"]) for one in amina["also_in"]] == [
        (second["id"], "office-a"),
        (None, "office-b"),
    ]
    assert [one["office"]["name"] for one in yusuf["also_in"]] == ["KIM-Büro B"]
    assert theirs["id"] not in str(await anna.read(f"/cases/{first}"))

    added = await add(anna, second["id"], FAMILY[1])
    assert [one["case"] for one in added["also_in"]] == [first, None]


async def test_it_is_told_for_as_long_as_both_cases_are_open_and_the_person_is_there(
    anna: Program,
) -> None:
    first, second = await anna.open_case(), await anna.open_case()

    async def also_in(case_id: str) -> list[int]:
        household = (await anna.read(f"/cases/{case_id}"))["household"]
        return [len(one["also_in"]) for one in household]

    assert await also_in(first) == [1, 1]
    member = (await anna.read(f"/cases/{second}"))["household"][1]["id"]
    body_of(await anna.send_act(f"/cases/{second}/members/{member}/leave", GONE), 200)
    assert await also_in(first) == [1, 0]
    assert await also_in(second) == [1, 0]
    body_of(await anna.send_act(f"/cases/{second}/close", {"outcome": "other"}), 200)
    assert await also_in(first) == await also_in(second) == [0, 0]
    body_of(await anna.send_act(f"/cases/{second}/reopen", {}), 200)
    assert await also_in(first) == [1, 0]


async def test_a_request_for_all_is_about_those_who_were_there_when_it_was_sent(
    programs: Programs,
) -> None:
    anna, clara = programs["anna"], programs["clara"]
    case_id = await anna.open_case(paths=[{"pathway": "benefit-change", "member": None}])
    referral_id = await anna.refer(case_id)
    before = await clara.read(f"/referrals/{referral_id}")
    await add(anna, case_id)
    after = await clara.read(f"/referrals/{referral_id}")
    assert after["subjects"] == before["subjects"]
    assert after["household_size"] == before["household_size"]
    assert "Nour" not in str(after)


async def test_what_recipients_see_of_all_is_without_who_has_left(programs: Programs) -> None:
    anna, clara = programs["anna"], programs["clara"]
    paths = [{"pathway": "benefit-change", "member": None}]
    case_id = await anna.open_case(paths=paths)
    referral_id = await anna.refer(case_id)
    yusuf = (await anna.read(f"/cases/{case_id}"))["household"][1]["id"]
    assert len((await clara.read(f"/referrals/{referral_id}"))["subjects"]) == 2
    await add(anna, case_id)
    body_of(await anna.send_act(f"/cases/{case_id}/members/{yusuf}/leave", GONE), 200)
    subjects = (await clara.read(f"/referrals/{referral_id}"))["subjects"]
    assert [one["name"] for one in subjects] == ["Amina Haddad"]


def _household(*members: Json) -> Json:
    return {
        "municipality": "05774032",
        "household": list(members),
        "paths": [{"pathway": "benefit-change", "member": 0}],
    }
