"""What real paths took is read from their clocks, and new versions are rehearsed on it."""

from datetime import timedelta
from typing import Any

import pytest

from service.rehearsal import observing
from service.rehearsal.observing import observed_paths
from service.rehearsal.rehearsals import (
    HOUSEHOLDS,
    finished_households,
    invented_households,
    rehearsed,
)
from tests import cast
from tests.takeover.stories import HAPPY_LIFE, MONDAY, MUCH_LATER, bring, story
from tests.versions.newer import newer
from tests.world import STATUTE, World, pathway
from workflows.domain.gaps import GapKind
from workflows.domain.rehearsal_findings import DeadlineFound
from workflows.domain.terms import Terms

WAIVED = [
    {"action": "waive", "day": 9, "actor": "anna", "step": step, "reason": "no-longer-needed"}
    for step in ("residence", "school")
]
REFUSED: list[dict[str, Any]] = [
    {"action": "refer", "day": 2, "actor": "anna", "agency": "receiver", "statute": STATUTE},
    {"action": "reject", "day": 4, "actor": "clara", "reason": "no-capacity"},
    {"action": "refer", "day": 8, "actor": "anna", "agency": "receiver", "statute": STATUTE},
    {"action": "accept", "day": 9, "actor": "clara"},
    {
        "action": "hold",
        "day": 10,
        "actor": "clara",
        "reason": "documents-missing",
        "party": "client",
        "until": (MONDAY + timedelta(days=20)).date(),
    },
    {"action": "resume", "day": 15, "actor": "clara"},
    {"action": "arrive", "day": 16, "actor": "clara"},
    {"action": "complete", "day": 21, "actor": "clara"},
]


async def observed(world: World, actor: Any = cast.KATJA) -> Any:
    async with world.container.database.transaction() as connection:
        return await observed_paths(connection, actor, "benefit-change")


async def test_each_party_took_the_working_days_of_its_own_clock(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE, *WAIVED))
    [path] = await observed(world)
    assert (path.pathway, path.began_at, path.is_finished) == ("benefit-change", MONDAY, True)
    assert path.steps.keys() == {"job-centre"}
    conduct = path.steps["job-centre"].conduct(Terms())
    assert (conduct.send, conduct.respond, conduct.arrive, conduct.effect) == (0, 2, 1, 3)
    assert conduct.refused == 0


async def test_a_refusal_is_counted_and_a_hold_is_not(world: World) -> None:
    await bring(world, story(*REFUSED, *(one | {"day": 22} for one in WAIVED)))
    [path] = await observed(world)
    conduct = path.steps["job-centre"].conduct(Terms())
    # Two working days until it was sent, two more from the refusal on Friday to Tuesday: two each.
    # Two until the refusal, one until the next agency accepted.
    assert (conduct.send, conduct.respond, conduct.refused) == (2, 2, 1)
    # One day until it was put on hold, one after that.
    assert (conduct.arrive, conduct.effect) == (2, 3)


async def test_a_step_is_due_once_the_one_before_it_is_done(world: World) -> None:
    of_step = {"step": "residence", "actor": "dieter", "day": 11}
    asked = {"day": 10, "actor": "anna", "agency": "other-agency", "statute": STATUTE}
    rest = [of_step | {"action": action} for action in ("accept", "arrive", "complete")]
    residence = [of_step | asked | {"action": "refer"}, *rest]
    await bring(world, story(*HAPPY_LIFE, WAIVED[1], *residence))
    [path] = await observed(world)
    # The job centre was done on Tuesday, the tenth; residence was asked on Thursday.
    assert path.steps["residence"].conduct(Terms()).send == 2


async def test_a_path_under_way_counts_for_what_is_done_but_is_not_finished(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE))
    [path] = await observed(world)
    assert not path.is_finished
    assert path.steps.keys() == {"job-centre"}
    assert finished_households(pathway(), [path]) == []


async def test_a_tighter_deadline_would_have_been_missed_by_the_same_agency(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE, *WAIVED, external_id="1"))
    slow = [{**act, "day": day} for act, day in zip(HAPPY_LIFE, (0, 1, 1, 4, 7, 7, 8), strict=True)]
    await bring(world, story(*slow, *WAIVED, external_id="2"))
    paths = await observed(world)
    households = finished_households(newer(), paths)
    assert len(households) == 2
    found = rehearsed(newer(), pathway(), households, paths)
    assert found.before is not None
    of_step = ("job-centre", GapKind.UNANSWERED)
    now = {(one.step, one.kind): one for one in found.found.deadlines}[of_step]
    then = {(one.step, one.kind): one for one in found.before.deadlines}[of_step]
    # Newly agreed are two working days instead of five; one agency took two, the other four.
    assert now == DeadlineFound(*of_step, awaited=2, missed=1)
    assert then == DeadlineFound(*of_step, awaited=2, missed=0)


async def test_with_enough_real_steps_invented_households_fare_like_those(world: World) -> None:
    for number in range(5):
        await bring(world, story(*HAPPY_LIFE, *WAIVED, external_id=str(number)))
    paths = await observed(world)
    found = rehearsed(pathway(), None, invented_households(pathway(), MUCH_LATER), paths)
    assert found.households == HOUSEHOLDS
    assert found.assumed == {"residence", "schooling"}
    missed = {(one.step, one.kind): one.missed for one in found.found.deadlines}
    assert not any(missed[place] for place in missed if place[0] == "job-centre")
    assert any(missed[place] for place in missed if place[0] == "school")


async def test_the_same_rehearsal_twice_finds_the_same(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE, *WAIVED))
    paths = await observed(world)
    once, again = (
        rehearsed(newer(), pathway(), invented_households(newer(), MUCH_LATER), paths)
        for _ in range(2)
    )
    assert once == again


@pytest.mark.parametrize("actor", [cast.ANNA, cast.STEFAN, cast.CLARA, cast.OLGA, cast.DIETER])
async def test_nobody_but_the_coordination_sees_how_long_paths_took(
    world: World, actor: Any
) -> None:
    with pytest.raises(PermissionError):
        await observed(world, actor)


async def test_what_is_known_of_each_step_is_not_called_assumed(world: World) -> None:
    await bring(world, story(*HAPPY_LIFE, *WAIVED))
    paths = await observed(world)
    households = finished_households(pathway(), paths)
    found = rehearsed(pathway(), None, households, paths)
    assert found.assumed == {"residence", "schooling"}


async def test_old_finished_paths_are_not_crowded_out_by_young_ones(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observing, "MOST_PATHS", 1)
    await bring(world, story(*HAPPY_LIFE, *WAIVED, external_id="old"))
    young: list[dict[str, Any]] = [
        {**act, "day": day + 10} for act, day in zip(HAPPY_LIFE, range(7), strict=True)
    ]
    opened_at = MONDAY + timedelta(days=10)
    await bring(world, story(*young, opened_at=opened_at, external_id="young"))
    paths = await observed(world)
    assert len(paths) == 2
    assert len(finished_households(pathway(), paths)) == 1
