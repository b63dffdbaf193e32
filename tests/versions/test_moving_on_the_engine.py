"""Moving a path on the real engine: the act, its rows, and what it leaves alone."""

import asyncio
import signal
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from service.cases.acting import close_case, waive_step
from service.cases.repository import Cases
from service.cases.schemas import CloseCase, WaiveStep
from service.cases.tables import paths
from service.engine.engine import EngineUnavailable
from service.engine.restart import start_open_workflows
from service.errors import NotFound, UnusableEntry
from service.gaps.tables import gaps
from service.ledger.promises import KeyUsedForAnotherRequest
from service.ledger.tables import events
from service.referrals.repository import Referrals
from service.versions.moving import move_path
from service.versions.schemas import MoveToVersion
from tests import cast
from tests.counts import AT_ONCE
from tests.engine.test_lost_acknowledgement import dying_worker
from tests.engine.test_rebuilding import fresh_server, world_on
from tests.engine.waiting import until_step
from tests.versions.newer import newer
from tests.versions.rows import path_of, rows_of, state_of, versions_of_steps
from tests.world import World, pathway
from workflows.domain.actions import Action
from workflows.domain.errors import IllegalMove, StepUnderWay, VersionNotNewer
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome, Reason
from workflows.domain.referral_state import ActDone

EFFECTIVE = (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE)
TO_2 = MoveToVersion(version=2)


async def move(
    world: World,
    case_id: UUID,
    *,
    actor: Principal = cast.ANNA,
    version: int = 2,
    key: str | None = None,
) -> ActDone:
    """Move the only path of a case."""
    path_id = (await path_of(world, case_id)).path_id
    body = MoveToVersion(version=version)
    return await move_path(world.container, actor, case_id, path_id, body, key or str(uuid7()))


async def test_what_has_not_begun_follows_the_new_version(working: World) -> None:
    case_id = await working.open_case()
    await working.refer(case_id)
    await working.publish(newer())

    await move(working, case_id)

    assert await versions_of_steps(working, case_id) == {
        "job-centre": 1,
        "residence": 2,
        "insurance": 2,
        "school": 2,
    }
    path = await path_of(working, case_id)
    assert path.version == 2
    assert {step.key: step.status for step in path.steps} == {
        "job-centre": "referred",
        "residence": "waiting",
        "insurance": "waiting",
        "school": "waiting",
    }
    async with working.container.database.transaction() as connection:
        assert (
            await connection.scalar(select(paths.c.version).where(paths.c.id == path.path_id)) == 2
        )


async def test_a_step_that_is_sent_on_goes_on_as_it_began_and_the_next_as_the_new_version_says(
    working: World,
) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)
    await working.publish(newer())
    before = await rows_of(working, case_id)
    await move(working, case_id)
    after = await rows_of(working, case_id)
    for table in ("referrals", "clock_spans", "access", "consents", "gaps"):
        assert after[table] == before[table]

    for action in EFFECTIVE:
        await working.act(referral_id, action)
    await until_step(working, case_id, "insurance", "due")
    await until_step(working, case_id, "school", "due")
    next_referral = await working.refer(case_id, "residence", "other-agency")

    async with working.container.database.transaction() as connection:
        now = working.container.clock.now()
        first = await Referrals(connection).find(cast.ANNA, now, referral_id)
        second = await Referrals(connection).find(cast.ANNA, now, next_referral)
        case = await Cases(connection).find(cast.ANNA, now, case_id)
    assert first
    assert second
    assert case
    assert first.definition == pathway().step("job-centre")
    assert second.definition == newer().step("residence")
    shown = {step.key: step.definition for path in case.paths for step in path.steps}
    assert shown["job-centre"] == pathway().step("job-centre")
    assert shown["school"] == newer().step("school")
    assert case.paths[0].pathway == newer()


async def test_what_comes_after_is_built_upon_by_the_version_on_which_it_was_sent(
    working: World,
) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)
    await working.publish(newer())
    await move(working, case_id)
    for action in EFFECTIVE:
        await working.act(referral_id, action)
    await until_step(working, case_id, "school", "due")

    async def allowed() -> list[Action]:
        async with working.container.database.transaction() as connection:
            now = working.container.clock.now()
            view = await Referrals(connection).find(cast.CLARA, now, referral_id)
        assert view
        return view.allowed

    assert Action.UNDO in await allowed()
    await working.refer(case_id, "school", "silent-agency")
    assert Action.UNDO not in await allowed()


async def test_the_event_says_who_moved_what_from_where_to_where(working: World) -> None:
    case_id = await working.open_case()
    await working.publish(newer(3))
    done = await move(working, case_id, actor=cast.STEFAN, version=3)
    path_id = str((await path_of(working, case_id)).path_id)
    async with working.container.database.transaction() as connection:
        row = (
            await connection.execute(
                select(events).where(events.c.case_id == case_id, events.c.seq == done.seq)
            )
        ).one()
    assert (row.action, row.actor_id) == ("move-path", cast.STEFAN.user_id)
    assert (row.details["path_id"], row.details["versions"]) == (path_id, [1, 3])


async def test_a_step_that_is_no_longer_there_vanishes_with_its_gap(working: World) -> None:
    await working.publish(pathway("late", refer="PT2S", remind_before="PT1S"))
    case_id = await working.open_case(pathway_key="late")

    async def open_gaps() -> set[str]:
        async with working.container.database.transaction() as connection:
            found = await connection.scalars(
                select(gaps.c.step).where(gaps.c.case_id == case_id, gaps.c.closed_at.is_(None))
            )
            return set(found)

    async with asyncio.timeout(20):
        while await open_gaps() != {"job-centre", "school"}:  # noqa: ASYNC110 - in the engine
            await asyncio.sleep(0.1)
    await working.publish(newer(key="late", without="school"))
    await move(working, case_id)

    assert await open_gaps() == {"job-centre"}
    assert "school" not in await versions_of_steps(working, case_id)
    # The engine goes on without it.
    await waive_step(
        working.container,
        cast.ANNA,
        case_id,
        "job-centre",
        WaiveStep(reason=Reason.NO_LONGER_NEEDED),
        "waive",
    )
    await until_step(working, case_id, "insurance", "due")


async def test_nothing_that_an_agency_holds_may_vanish(working: World) -> None:
    case_id = await working.open_case()
    await working.refer(case_id, "school", "silent-agency")
    await working.publish(newer(without="school"))
    before = await rows_of(working, case_id)

    with pytest.raises(StepUnderWay) as refused:
        await move(working, case_id)

    assert refused.value.params == {"step": "school"}
    assert await rows_of(working, case_id) == before


async def test_a_step_that_came_back_is_asked_for_again_on_the_version_that_it_began_on(
    working: World,
) -> None:
    case_id = await working.open_case()
    referral_id = await working.refer(case_id)
    await working.act(referral_id, Action.REJECT, reason=Reason.NO_CAPACITY)
    await until_step(working, case_id, "job-centre", "due")
    await working.publish(newer())
    await move(working, case_id)

    again = await working.refer(case_id)

    async with working.container.database.transaction() as connection:
        now = working.container.clock.now()
        view = await Referrals(connection).find(cast.ANNA, now, again)
    assert view
    assert view.definition == pathway().step("job-centre")
    assert view.predecessor_id == referral_id


async def test_the_same_request_again_moves_once_and_says_so(working: World) -> None:
    case_id = await working.open_case()
    await working.publish(newer())

    done = await move(working, case_id, key="one key")
    again = await move(working, case_id, key="one key")

    assert again == done.model_copy(update={"repeated": True})
    await working.publish(newer(3))
    with pytest.raises(KeyUsedForAnotherRequest):
        await move(working, case_id, version=3, key="one key")


async def test_twenty_at_once_move_once(working: World) -> None:
    case_id = await working.open_case()
    await working.publish(newer())

    same = await asyncio.gather(*(move(working, case_id, key="one") for _ in range(AT_ONCE)))
    others = await asyncio.gather(
        *(move(working, case_id, key=f"{number}") for number in range(AT_ONCE)),
        return_exceptions=True,
    )

    assert {done.seq for done in same} == {2}
    assert {type(one) for one in others} == {VersionNotNewer}
    assert (await state_of(working, case_id)).seq == 2


async def test_a_version_that_is_not_published_is_none(working: World) -> None:
    case_id = await working.open_case()
    with pytest.raises(UnusableEntry) as refused:
        await move(working, case_id)
    assert (refused.value.field, refused.value.code) == ("version", "unknown-version")
    with pytest.raises(VersionNotNewer):
        await move(working, case_id, version=1)


async def test_a_path_that_the_case_has_not_is_not_found(working: World) -> None:
    case_id, other = await working.open_case(), await working.open_case()
    await working.publish(newer())
    path_id = (await path_of(working, other)).path_id
    with pytest.raises(NotFound):
        await move_path(working.container, cast.ANNA, case_id, path_id, TO_2, "key")


@pytest.mark.parametrize("outsider", [cast.BEN, cast.CLARA, cast.SABINE, cast.KATJA])
async def test_nobody_else_finds_the_path(working: World, outsider: Principal) -> None:
    case_id = await working.open_case()
    await working.publish(newer())
    with pytest.raises(NotFound):
        await move(working, case_id, actor=outsider)


async def test_a_closed_case_keeps_its_version(working: World) -> None:
    case_id = await working.open_case()
    await working.publish(newer())
    ending = CloseCase(outcome=CaseOutcome.GOAL_REACHED)
    await close_case(working.container, cast.ANNA, case_id, ending, "close")
    with pytest.raises(IllegalMove):
        await move(working, case_id)


async def test_a_new_case_starts_on_the_newest_version_while_others_go_on(working: World) -> None:
    old = await working.open_case()
    before = await rows_of(working, old)
    await working.publish(newer())
    new = await working.open_case()
    assert (await path_of(working, new)).version == 2
    assert set((await versions_of_steps(working, new)).values()) == {2}
    assert await rows_of(working, old) == before


async def test_a_moved_path_goes_on_after_the_engine_lost_everything(world: World) -> None:
    async with await fresh_server() as lost:
        before = world_on(world, lost)
        async with before.worker():
            case_id = await before.open_case()
            referral_id = await before.refer(case_id)
            await before.publish(newer())
            await move(before, case_id, key="move once")

    async with await fresh_server() as new:
        after = world_on(world, new)
        async with after.worker():
            container = after.container
            await start_open_workflows(container.database, container.engine, lambda *_: None)
            assert (await move(after, case_id, key="move once")).repeated
            for action in EFFECTIVE:
                await after.act(referral_id, action)
            await until_step(after, case_id, "insurance", "due")


async def test_a_worker_that_dies_before_it_is_confirmed_moves_once(world: World) -> None:
    async with world.worker():
        case_id = await world.open_case()
        await world.publish(newer())
    dying = await dying_worker(world, entries=1)

    async def until_confirmed() -> ActDone:
        while True:
            try:
                return await move(world, case_id, key="move once")
            except EngineUnavailable:
                continue

    moving = asyncio.create_task(until_confirmed())
    assert await dying.wait() == -signal.SIGKILL
    async with world.worker():
        done = await moving
    state = await state_of(world, case_id)
    assert (done.seq, state.seq) == (2, 2)
    written: dict[str, Any] = await rows_of(world, case_id)
    assert len(written["events"]) == 2
    assert (await path_of(world, case_id)).version == 2


async def test_a_clock_that_runs_is_not_computed_anew(working: World) -> None:
    case_id = await working.open_case()
    definition = newer().model_dump(mode="json")
    definition["steps"][0]["terms"]["refer"] = "90 working days"
    await working.publish(type(newer()).model_validate(definition))
    [before] = [one for one in (await path_of(working, case_id)).steps if one.key == "job-centre"]
    await move(working, case_id)
    [after] = [one for one in (await path_of(working, case_id)).steps if one.key == "job-centre"]
    assert before.clock
    assert after.clock == before.clock
    assert after.clock.due_at - after.clock.since < timedelta(days=30)
