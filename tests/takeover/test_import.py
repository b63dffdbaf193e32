"""From the file to running cases: checked, taken over once, carried on whatever happens."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB

from service.bootstrap import Container
from service.cases.tables import cases, consents, notes, persons, steps
from service.engine.client import connect
from service.engine.engine import Engine, EngineUnavailable
from service.ledger.tables import events, workflow_states
from service.notifications.tables import notifications
from service.referrals.tables import referrals
from service.takeover.carrying_on import CHECKED_LISTS_STAY, REPORTS_STAY, take_over_some
from service.takeover.checking import CheckedList, check_list
from service.takeover.importing import PORTION, import_cases
from service.takeover.repository import Takeovers
from service.takeover.tables import takeover_cases, takeover_lists, takeovers
from tests import cast
from tests.counts import FULL
from tests.takeover.lists import DUE, GOOD, MEMBER, NOW, delimited, many, workbook
from tests.takeover.stories import count, rows
from tests.world import World
from workflows.domain.actions import Action
from workflows.domain.principal import Principal
from workflows.names import case_workflow_id

NUMBER_OF_ROWS = (1900, 100) if FULL else (54, 6)


@dataclass
class SteadyClock:
    """A clock that stands still until somebody moves it."""

    time: datetime = NOW

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self.time


@pytest.fixture
def office(working: World) -> Container:
    """The parts, with a worker behind them, on a day after everything in the lists."""
    return replace(working.container, clock=SteadyClock())


async def check(
    parts: Container, *list_: dict[str, Any], principal: Principal = cast.STEFAN
) -> CheckedList:
    """Check these rows as a workbook."""
    return await check_list(parts, principal, workbook(list_), "de")


async def take_in(parts: Container, *list_: dict[str, Any]) -> CheckedList:
    """Check these rows, and take the cases over at once."""
    found = await check(parts, *list_)
    assert await import_cases(parts, found.checked.cases, lambda _more: None) == []
    return found


async def stage(parts: Container, *list_: dict[str, Any]) -> UUID:
    """Check these rows, keep them, and press the button."""
    found, now = await check(parts, *list_), parts.clock.now()
    async with parts.database.transaction() as connection:
        kept = Takeovers(connection)
        list_id = await kept.stage(
            cast.STEFAN,
            now,
            found.checked.cases,
            found.checked.faults,
            rows=found.checked.rows,
            known=found.checked.known,
            ignored=found.sheet.ignored,
        )
        assert await kept.start(cast.STEFAN, now, list_id)
    return list_id


async def work_off(parts: Container) -> None:
    """Do what the worker does, until nothing is left to do."""
    while await take_over_some(parts):
        pass


async def test_the_good_rows_come_in_and_exactly_the_faulty_ones_are_reported(
    working: World, office: Container
) -> None:
    good, faulty = NUMBER_OF_ROWS
    list_ = many(good, faulty)
    expected = [n for n, row in enumerate(list_, start=2) if row["Aktenzeichen"].startswith("F")]

    found = await take_in(office, *list_)

    assert [fault.row for fault in found.checked.faults] == expected
    assert await count(working, cases) == good
    stands = Counter(
        row["status"] for row in await rows(working, steps) if row["key"] == "job-centre"
    )
    assert stands["done"] == stands["due"] == good // 5 + (good % 5 > 0)
    assert await count(working, notifications) == 0
    assert all(row["started"] for row in await rows(working, takeovers))

    again = await take_in(office, *list_)

    assert (len(again.checked.cases), again.checked.known) == (0, good)
    assert [fault.row for fault in again.checked.faults] == expected
    assert await count(working, cases) == good


async def test_a_dry_run_writes_nothing(working: World, office: Container) -> None:
    await check(office, GOOD, MEMBER, GOOD | {"Aktenzeichen": "A-2", "Stelle": "?"})

    for table in (cases, takeovers, takeover_lists, takeover_cases, events):
        assert await count(working, table) == 0


async def test_a_case_goes_on_where_the_list_says_it_stands(
    working: World, office: Container
) -> None:
    await take_in(office, GOOD | {"Notiz an die Stelle": "Bitte\nanrufen."}, MEMBER)

    [referral] = await rows(working, referrals)
    assert (referral["status"], referral["claimed_by"]) == ("accepted", None)
    assert referral["opened_at"] == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert referral["clock_since"] == datetime(2026, 3, 9, 11, tzinfo=UTC)
    assert referral["on_board"]
    assert [row["body"] for row in await rows(working, notes)] == ["Bitte\nanrufen."]
    assert [row["given_name"] for row in await rows(working, persons, "position")] == [
        "Mariam",
        "Idris",
    ]
    done = await working.act(referral["id"], Action.ARRIVE, cast.CLARA)
    assert done.status == "in-progress"
    told = [
        (row["action"], row["source"], row["actor_id"])
        for row in await rows(working, events, "at", "seq")
        if row["referral_id"] and row["action"] in {"request", "accept", "arrive"}
    ]
    assert told == [
        ("request", "import", cast.ANNA.user_id),
        ("accept", "import", cast.ANNA.user_id),
        ("arrive", "engine", cast.CLARA.user_id),
    ]


async def test_a_step_that_is_due_can_be_sent(working: World, office: Container) -> None:
    await take_in(office, DUE | {"Station": "Station residence"})

    [case] = await rows(working, cases)
    found = {row["key"]: row["status"] for row in await rows(working, steps)}
    assert found == {"job-centre": "done", "residence": "due", "school": "due"}
    await working.refer(case["id"], "residence", "other-agency")


async def test_an_agency_that_is_not_on_board_is_still_called(
    working: World, office: Container
) -> None:
    at_school = {"Station": "Station school", "Stelle": "Schulamt Paderborn"}
    await take_in(office, GOOD | at_school)

    [referral] = await rows(working, referrals)
    assert (referral["status"], referral["on_board"]) == ("accepted", False)


async def test_a_consent_of_the_list_is_kept(working: World, office: Container) -> None:
    await take_in(office, GOOD | {"Grundlage": "Einwilligung vom 01.03.2026"})

    [given] = await rows(working, consents)
    [referral] = await rows(working, referrals)
    assert referral["basis_consent_id"] == given["id"]
    assert (given["agency_id"], str(given["given_on"])) == (cast.RECEIVER, "2026-03-01")


async def test_csv_comes_in_like_a_workbook(working: World, office: Container) -> None:
    found = await check_list(office, cast.ANNA, delimited([GOOD], encoding="cp1252"), "en")
    await import_cases(office, found.checked.cases, lambda _more: None)

    assert await count(working, cases) == 1


async def test_a_reference_belongs_to_its_office(working: World, office: Container) -> None:
    everybody = Principal.system()
    of_anna = await check(office, GOOD, principal=everybody)
    of_ben = await check(office, GOOD | {"Case Management": "ben"}, principal=everybody)
    await import_cases(office, of_anna.checked.cases, lambda _more: None)
    await import_cases(office, of_ben.checked.cases, lambda _more: None)

    assert {row["office_id"] for row in await rows(working, cases)} == {
        cast.OFFICE_A,
        cast.OFFICE_B,
    }


async def test_an_import_that_broke_off_goes_on(working: World, office: Container) -> None:
    found = await check(office, *many(PORTION + 2, 0))

    def break_off(_more: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await import_cases(office, found.checked.cases, break_off)
    assert await count(working, cases) == PORTION

    again = await take_in(office, *many(PORTION + 2, 0))

    assert (len(again.checked.cases), again.checked.known) == (2, PORTION)
    assert await count(working, cases) == PORTION + 2


async def test_a_list_survives_whoever_uploaded_it_and_its_names_go(
    working: World, office: Container
) -> None:
    list_id = await stage(office, *many(PORTION + 4, 3))

    assert await take_over_some(office)
    assert await count(working, takeover_cases) == 4
    await work_off(office)

    async with office.database.transaction() as connection:
        view = await Takeovers(connection).find(cast.ANNA, list_id)
    assert view
    assert (view.taken_over, view.faulty_rows, view.done_at) == (PORTION + 4, 3, NOW)
    assert await count(working, takeover_cases) == 0


async def test_two_workers_take_over_each_case_once(working: World, office: Container) -> None:
    await stage(office, *many(8, 0))
    await stage(office, *many(8, 0))

    await work_off(office)

    assert await count(working, cases) == 8
    assert [row["done_at"] for row in await rows(working, takeover_lists)] == [NOW, NOW]


@pytest.mark.parametrize("change", [{"office": "gone"}, {"household": []}])
async def test_a_case_that_fits_no_more_stops_only_itself(
    office: Container, change: dict[str, Any]
) -> None:
    list_id = await stage(office, GOOD, GOOD | {"Aktenzeichen": "A-2", "Case Management": "anna"})
    async with office.database.transaction() as connection:
        await connection.execute(
            update(takeover_cases)
            .where(takeover_cases.c.reference == "A-2")
            .values(story=takeover_cases.c.story.concat(literal(change, JSONB)))
        )

    await work_off(office)

    async with office.database.transaction() as connection:
        view = await Takeovers(connection).find(cast.ANNA, list_id)
    assert view
    assert (view.taken_over, view.done_at) == (1, NOW)
    assert [(fault.row, fault.code) for fault in view.faults] == [(3, "against-the-rules")]


async def test_what_was_written_starts_once_the_engine_answers(
    working: World, office: Container
) -> None:
    nowhere = office.settings.model_copy(update={"temporal_address": "127.0.0.1:9"})
    silent = Engine(await connect(nowhere, lazily=True), office.engine.task_queue)
    await stage(office, GOOD)

    with pytest.raises(EngineUnavailable):
        await take_over_some(replace(office, engine=silent))
    assert [row["started"] for row in await rows(working, takeovers)] == [False]
    assert [row["done_at"] for row in await rows(working, takeover_lists)] == [None]

    await work_off(office)

    assert [row["started"] for row in await rows(working, takeovers)] == [True]
    [referral] = await rows(working, referrals)
    assert (await working.act(referral["id"], Action.ARRIVE, cast.CLARA)).status == "in-progress"


async def test_a_state_that_cannot_be_read_holds_up_nobody_else(
    working: World, office: Container
) -> None:
    await stage(office, GOOD, GOOD | {"Aktenzeichen": "A-2"})
    nowhere = office.settings.model_copy(update={"temporal_address": "127.0.0.1:9"})
    silent = Engine(await connect(nowhere, lazily=True), office.engine.task_queue)
    with pytest.raises(EngineUnavailable):
        await take_over_some(replace(office, engine=silent))
    broken, fine = [row["case_id"] for row in await rows(working, takeovers)]
    async with office.database.transaction() as connection:
        await connection.execute(
            update(workflow_states)
            .where(workflow_states.c.workflow_id == case_workflow_id(broken))
            .values(state=literal({"status": "of another release"}, JSONB))
        )

    await work_off(office)

    [referral] = [row for row in await rows(working, referrals) if row["case_id"] == fine]
    assert (await working.act(referral["id"], Action.ARRIVE, cast.CLARA)).status == "in-progress"
    assert [row["done_at"] for row in await rows(working, takeover_lists)] == [NOW]


async def test_who_started_the_same_list_second_is_told(office: Container) -> None:
    first, second = [await stage(office, GOOD) for _ in range(2)]

    await work_off(office)

    async with office.database.transaction() as connection:
        kept = Takeovers(connection)
        views = [await kept.find(cast.ANNA, list_id) for list_id in (first, second)]
    assert [(view.taken_over, view.known) for view in views if view] == [(1, 0), (0, 1)]


async def test_lists_and_reports_do_not_stay(working: World, office: Container) -> None:
    clock = SteadyClock()
    parts = replace(office, clock=clock)
    found = await check(parts, GOOD)
    async with parts.database.transaction() as connection:
        await Takeovers(connection).stage(
            cast.STEFAN, NOW, found.checked.cases, [], rows=1, known=0, ignored=[]
        )
    await stage(parts, GOOD | {"Aktenzeichen": "A-2"})
    await work_off(parts)
    assert await count(working, takeover_lists) == 2

    clock.time = NOW + CHECKED_LISTS_STAY + timedelta(seconds=1)
    await work_off(parts)
    assert await count(working, takeover_lists) == 1
    assert await count(working, takeover_cases) == 0

    clock.time = NOW + REPORTS_STAY + timedelta(seconds=1)
    await work_off(parts)
    assert await count(working, takeover_lists) == 0
    async with parts.database.transaction() as connection:
        assert await connection.scalar(select(func.count()).select_from(takeovers)) == 1


async def test_people_of_other_houses_have_no_list(office: Container) -> None:
    list_id = await stage(office, GOOD)

    async with office.database.transaction() as connection:
        kept = Takeovers(connection)
        for outsider in cast.OUTSIDERS:
            assert await kept.find(outsider, list_id) is None
            assert await kept.latest(outsider) == []
            assert not await kept.start(outsider, NOW, list_id)
