"""A rehearsal over the API: figures of two versions on the same households."""

from tests.api.conftest import Programs
from tests.api.programs import problem
from tests.versions.newer import newer
from tests.world import World

REHEARSAL = "/pathways/benefit-change/rehearsal"


async def test_the_coordination_gets_the_figures_of_both_versions(
    programs: Programs, working: World
) -> None:
    await working.publish(newer())
    found = await programs["katja"].read(REHEARSAL)
    assert (found["on"], found["households"]) == ("invented", 100)
    areas = ["basic-income", "health-insurance", "residence", "schooling"]
    assert found["assumed_legal_areas"] == areas
    assert (found["found"]["version"], found["before"]["version"]) == (2, 1)
    now, then = (
        {(one["step"], one["gap"]): one for one in found[version]["deadlines"]}
        for version in ("found", "before")
    )
    place = ("job-centre", "unanswered")
    assert now[place]["awaited"] == then[place]["awaited"] >= 100
    assert now[place]["missed"] > then[place]["missed"] > 0
    audiences = {one["audience"] for one in found["found"]["reminders"]}
    assert {"sender", "receiver", "coordinators"} <= audiences
    assert found["found"]["half_ended_after_weeks"] <= found["found"]["all_ended_after_weeks"]


async def test_the_first_version_has_none_before_it(programs: Programs, working: World) -> None:
    await working.publish(newer())
    found = await programs["katja"].read(REHEARSAL, version=1)
    assert (found["found"]["version"], found["before"]) == (1, None)


async def test_without_a_finished_path_nothing_is_found(programs: Programs) -> None:
    found = await programs["katja"].read(REHEARSAL, on="finished")
    assert (found["households"], found["found"], found["before"]) == (0, None, None)


async def test_others_are_refused_and_odd_wishes_too(programs: Programs) -> None:
    for name in ("anna", "stefan", "clara", "dieter"):
        problem(await programs[name].get(REHEARSAL), 403, "not-allowed")
    problem(await programs["katja"].get(REHEARSAL, params={"version": 2}), 404, "not-found")
    problem(await programs["katja"].get(REHEARSAL, params={"on": "x"}), 422, "unusable-input")
