"""Publishing a new version changes no path under way; moving some changes exactly those."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from service.cases.acting import waive_step
from service.cases.schemas import WaiveStep
from service.pathways.files import shipped_files
from service.pathways.repository import versions_of
from service.startdata.reference import load_reference_data
from service.versions.repository import office_paths
from service.versions.schemas import MoveToVersion
from service.versions.together import Moved, move_together
from service.web.i18n import load_translators
from service.web.places import TRANSLATIONS
from tests import cast
from tests.counts import MOVED_PATHS, RUNNING_PATHS
from tests.engine.waiting import until_step
from tests.versions.newer import newer
from tests.versions.rows import Rows, path_of, rows_of, state_of
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.case_state import CaseState
from workflows.domain.reasons import Reason

DE = load_translators(TRANSLATIONS)["de"]
AT_ONCE = 8
TO_2 = MoveToVersion(version=2)
LEFT_ALONE = ("referrals", "clock_spans", "access", "consents")
"""Whatever is moved: nothing of this is written."""


async def test_exactly_those_that_are_moved_change_and_nothing_is_lost(
    working: World, record_property: Callable[[str, object], None]
) -> None:
    cases = await _running(working)
    before = await _all_rows(working, cases)
    states = {case_id: await state_of(working, case_id) for case_id in cases}

    await working.publish(newer())
    assert await _all_rows(working, cases) == before

    chosen = cases[:MOVED_PATHS]
    begun = time.perf_counter()
    moved = await _move(working, chosen, "one form")
    took = time.perf_counter() - begun
    assert [(one.hindered, one.is_repeated) for one in moved] == [("", False)] * len(chosen)

    after = await _all_rows(working, cases)
    changed = [case_id for case_id in cases if after[case_id] != before[case_id]]
    assert changed == chosen
    for case_id in chosen:
        _see_that_nothing_is_lost(before[case_id], after[case_id])
        _see_that_what_had_begun_is_the_same(states[case_id], await state_of(working, case_id))

    again = await _move(working, chosen, "one form")
    assert all(one.is_repeated for one in again)
    assert await _all_rows(working, cases) == after

    await _see_that_they_go_on(working, cases)
    report = f"{len(chosen)} of {len(cases)} paths moved in {took:.1f} s"
    record_property("paths moved", report)
    print(report)  # noqa: T201 - the count is what the test is asked for


async def test_a_shipped_file_with_a_newer_version_is_published_at_the_next_start(
    working: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = next(file for file in shipped_files() if file.stem == "school-entry")
    file, text = tmp_path / shipped.name, shipped.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr("service.pathways.files.SHIPPED", tmp_path)
    await load_reference_data(working.container)
    case_id = await working.open_case(pathway_key="school-entry")
    before = await rows_of(working, case_id)

    newer_text = text.replace("\nversion: 2\n", "\nversion: 3\n")
    file.write_text(newer_text.replace("respond: 5 w", "respond: 4 w"), encoding="utf-8")
    await load_reference_data(working.container)

    async with working.container.database.transaction() as connection:
        versions = await versions_of(connection, cast.KATJA, "school-entry")
    assert [one.pathway.version for one in versions] == [3, 2]
    assert await rows_of(working, case_id) == before
    await load_reference_data(working.container)


async def _running(world: World) -> list[UUID]:
    """Open cases that stand differently: sent on, arrived, come back, left out, or untouched."""
    cases: list[UUID] = []
    for first in range(0, RUNNING_PATHS, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, RUNNING_PATHS))
        cases += await asyncio.gather(*(_case(world, number) for number in numbers))
    return cases


async def _case(world: World, number: int) -> UUID:
    case_id = await world.open_case()
    match number % 5:
        case 0:
            await world.refer(case_id)
        case 1:
            referral_id = await world.refer(case_id)
            await world.act(referral_id, Action.ACCEPT)
            await world.act(referral_id, Action.ARRIVE)
            await until_step(world, case_id, "job-centre", "in-progress")
        case 2:
            referral_id = await world.refer(case_id)
            await world.act(referral_id, Action.REJECT, reason=Reason.NO_CAPACITY)
            await until_step(world, case_id, "job-centre", "due")
        case 3:
            body = WaiveStep(reason=Reason.NO_LONGER_NEEDED)
            await waive_step(world.container, cast.ANNA, case_id, "job-centre", body, f"{number}")
        case _:
            pass
    return case_id


async def _all_rows(world: World, cases: list[UUID]) -> dict[UUID, Rows]:
    return {case_id: await rows_of(world, case_id) for case_id in cases}


async def _move(world: World, cases: list[UUID], key: str) -> list[Moved]:
    now = world.container.clock.now()
    ids = [(await path_of(world, case_id)).path_id for case_id in cases]
    async with world.container.database.transaction() as connection:
        paths = await office_paths(connection, cast.STEFAN, now, ids)
    assert {path.id for path in paths} == set(ids)
    return await move_together(world.container, cast.STEFAN, DE, paths, TO_2, key)


def _see_that_nothing_is_lost(before: Rows, after: Rows) -> None:
    for table in LEFT_ALONE:
        assert after[table] == before[table]
    assert len(after["events"]) == len(before["events"]) + 1
    assert all(event in after["events"] for event in before["events"])
    assert len(after["steps"]) == len(before["steps"]) + 1


def _see_that_what_had_begun_is_the_same(before: CaseState, after: CaseState) -> None:
    [old], [new] = before.paths, after.paths
    assert (old.version, new.version) == (1, 2)
    for step in old.steps:
        [now] = [one for one in new.steps if one.key == step.key]
        if step.has_begun:
            assert now == step
        else:
            assert now.version == 2


async def _see_that_they_go_on(world: World, cases: list[UUID]) -> None:
    """See that one that was moved and one that was not come to their next steps."""
    for case_id, follows in ((cases[0], "insurance"), (cases[-5], "residence")):
        step = await until_step(world, case_id, "job-centre", "referred")
        for action in (Action.ACCEPT, Action.ARRIVE, Action.COMPLETE):
            await world.act(step.referral_id, action)
        await until_step(world, case_id, follows, "due")
