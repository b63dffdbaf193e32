"""Versions of pathways over the API: compared, looked at before a move, and moved to."""

from tests.api.conftest import Programs
from tests.api.programs import Program, body_of, problem
from tests.versions.newer import newer
from tests.world import World

CHANGES = "/pathways/benefit-change/changes"


async def _case(program: Program) -> tuple[str, str]:
    """Open a case; give the address of its path, and that of the case."""
    case_id = await program.open_case()
    path = (await program.read(f"/cases/{case_id}"))["paths"][0]["id"]
    return f"/cases/{case_id}/paths/{path}/move", f"/cases/{case_id}"


async def test_versions_are_listed_the_newest_first(programs: Programs, working: World) -> None:
    await working.publish(newer())
    for program in (programs["anna"], programs["katja"], programs["clara"]):
        listed = await program.read("/pathways/benefit-change/versions")
        assert [one["version"] for one in listed["items"]] == [2, 1]
        assert all(one["published_at"].endswith("Z") for one in listed["items"])


async def test_each_version_can_be_read(anna: Program, working: World) -> None:
    await working.publish(newer())
    first = await anna.read("/pathways/benefit-change/versions/1")
    second = await anna.read("/pathways/benefit-change/versions/2")
    assert [len(one["steps"]) for one in (first, second)] == [3, 4]
    assert await anna.read("/pathways/benefit-change") == second
    problem(await anna.get("/pathways/benefit-change/versions/3"), 404, "not-found")
    problem(await anna.get("/pathways/nowhere/versions"), 404, "not-found")


async def test_two_versions_are_compared_as_values_and_in_words(
    programs: Programs, working: World
) -> None:
    await working.publish(newer(without="school"))
    found = await programs["katja"].read(CHANGES, **{"from": 1, "to": 2})
    assert (found["key"], found["from"], found["to"]) == ("benefit-change", 1, 2)
    by_field = {(one["step"], one["field"]): one for one in found["changes"]}
    assert by_field["job-centre", "terms.respond"] == {
        "kind": "changed",
        "step": "job-centre",
        "field": "terms.respond",
        "before": "5 working days",
        "after": "2 working days",
        "said": {
            "de": ["Frist für die Antwort: 2 Arbeitstage statt 5 Arbeitstage"],
            "en": ["Time for the answer: 2 working days instead of 5 working days"],
        },
    }
    added, removed = by_field["insurance", None], by_field["school", None]
    assert (added["kind"], added["before"], added["after"]["key"]) == ("added", None, "insurance")
    assert (removed["kind"], removed["before"]["key"]) == ("removed", "school")
    assert removed["after"] is None
    documents = by_field["job-centre", "documents"]["after"]
    assert documents == [{"de": "Meldebescheinigung", "en": "Proof of registration"}]


async def test_backwards_the_comparison_says_the_opposite(anna: Program, working: World) -> None:
    await working.publish(newer())
    forth = await anna.read(CHANGES, **{"from": 1, "to": 2})
    back = await anna.read(CHANGES, **{"from": 2, "to": 1})
    values = {
        (one["step"], one["field"]): (one["before"], one["after"]) for one in forth["changes"]
    }
    assert values == {
        (one["step"], one["field"]): (one["after"], one["before"]) for one in back["changes"]
    }
    assert (await anna.read(CHANGES, **{"from": 2, "to": 2}))["changes"] == []


async def test_versions_that_there_are_not_are_not_compared(anna: Program) -> None:
    problem(await anna.get(CHANGES, params={"from": 1, "to": 2}), 404, "not-found")
    problem(await anna.get(CHANGES), 422, "unusable-input")
    for odd in ("0", "x", "9" * 30, "-1"):
        problem(await anna.get(CHANGES, params={"from": 1, "to": odd}), 422, "unusable-input")


async def test_a_move_is_looked_at_and_made(anna: Program, working: World) -> None:
    move, case = await _case(anna)
    await anna.refer(case.removeprefix("/cases/"))
    await working.publish(newer())

    looked_at = await anna.read(move)
    assert looked_at["hindered_by"] is None
    assert (looked_at["from"], looked_at["to"]) == (1, 2)
    assert (looked_at["comes"], looked_at["goes"]) == (["insurance"], [])
    assert (looked_at["follows"], looked_at["stays"]) == (["residence", "school"], ["job-centre"])
    assert (looked_at["becomes_due"], looked_at["waits_again"]) == ([], ["school"])

    moved = body_of(await anna.send_act(move, {"version": 2}, "key"), 200)
    [path] = moved["paths"]
    assert path["version"] == 2
    assert [(step["key"], step["version"]) for step in path["steps"]] == [
        ("job-centre", 1),
        ("residence", 2),
        ("insurance", 2),
        ("school", 2),
    ]
    again = await anna.send_act(move, {"version": 2}, "key")
    assert again.headers["idempotency-replayed"] == "true"
    assert body_of(again, 200) == moved
    problem(await anna.send_act(move, {"version": 2}), 409, "version-not-newer")
    assert (await anna.read(move))["hindered_by"] == "version-not-newer"


async def test_what_stands_against_a_move_is_said_before_and_names_the_step(
    anna: Program, working: World
) -> None:
    move, case = await _case(anna)
    await anna.refer(case.removeprefix("/cases/"), "silent-agency", step="school")
    await working.publish(newer(without="school"))
    looked_at = await anna.read(move, version=2)
    assert (looked_at["hindered_by"], looked_at["step"]) == ("step-under-way", "school")
    problem(await anna.send_act(move, {"version": 2}), 409, "step-under-way")
    [path] = (await anna.read(case))["paths"]
    assert path["version"] == 1


async def test_a_version_that_is_not_published_cannot_be_moved_to(anna: Program) -> None:
    move, _case_address = await _case(anna)
    refused = problem(await anna.send_act(move, {"version": 2}), 422, "unusable-input")
    assert [error["field"] for error in refused["errors"]] == ["version"]
    problem(await anna.get(move, params={"version": 2}), 404, "not-found")
    for odd in (None, {}, {"version": 0}, {"version": "x"}, {"version": 10**12}, {"to": 2}):
        problem(await anna.send_act(move, odd), 422, "unusable-input")


async def test_the_supervisor_moves_too_and_nobody_from_elsewhere(
    programs: Programs, working: World
) -> None:
    move, _case_address = await _case(programs["anna"])
    await working.publish(newer())
    for name in ("ben", "clara", "sabine", "dieter", "katja", "olga"):
        problem(await programs[name].get(move), 404, "not-found")
        problem(await programs[name].send_act(move, {"version": 2}), 404, "not-found")
    assert body_of(await programs["stefan"].send_act(move, {"version": 2}), 200)
