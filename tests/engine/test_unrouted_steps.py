"""A step that nobody sends on, on the real engine: the office is told, and the gap stands."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Row, select

from service.cases.acting import close_case
from service.cases.consenting import add_consent
from service.cases.schemas import CloseCase, NewConsent
from service.gaps.repository import Wanted, list_gaps
from service.gaps.tables import gaps
from service.notifications.outbox import PostgresOutbox
from service.notifications.tables import notifications
from service.versions.moving import move_path
from service.versions.schemas import MoveToVersion
from tests import cast
from tests.versions.rows import path_of
from tests.world import World, pathway
from workflows.domain.gaps import GapKind, GapLevel
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome
from workflows.domain.working_days import local_day

LATE = {"refer": "PT3S", "remind_before": "PT1S", "everyone_after": "PT1S", "respond": "PT4H"}
PATIENCE = 20  # seconds


async def _open_a_case_that_nobody_works_on(world: World) -> UUID:
    await world.publish(pathway("late", **LATE))
    return await world.open_case(pathway_key="late")


async def _until_it_rose(world: World, case_id: UUID, level: GapLevel) -> None:
    """Both of the steps that are due have no agency."""
    async with asyncio.timeout(PATIENCE):
        while [gap.level for gap in await _gaps(world, case_id)] != [level] * 2:  # noqa: ASYNC110 - in the engine
            await asyncio.sleep(0.1)


async def test_a_step_that_nobody_sends_on_opens_a_gap_that_rises_to_the_coordination(
    working: World,
) -> None:
    case_id = await _open_a_case_that_nobody_works_on(working)

    await _until_it_rose(working, case_id, GapLevel.EVERYONE)

    found = await _gaps(working, case_id)
    assert {gap.step for gap in found} == {"job-centre", "school"}
    assert {(gap.kind, gap.party, gap.agency_id) for gap in found} == {
        (GapKind.UNROUTED, "sender", cast.OFFICE_A)
    }
    assert await _told(working) == {
        *(("reminder", cast.ANNA.user_id), ("overdue", cast.ANNA.user_id)),
        *(("gap", cast.STEFAN.user_id), ("escalation", cast.STEFAN.user_id)),
        ("escalation", cast.KATJA.user_id),
    }


async def test_sending_it_on_closes_the_gap_and_the_mail_about_it_is_dropped(
    working: World,
) -> None:
    case_id = await _open_a_case_that_nobody_works_on(working)
    await _until_it_rose(working, case_id, GapLevel.EVERYONE)

    await working.refer(case_id)
    await working.refer(case_id, "school", "silent-agency")

    assert all(gap.closed_at for gap in await _gaps(working, case_id))
    outbox, now = PostgresOutbox(working.container.database), working.container.clock.now()
    letters = []
    while letter := await outbox.next_letter(now):
        letters.append(letter)
        await outbox.sent(letter, now)
    assert [matter.about for letter in letters for matter in letter.matters] == ["request"]


async def test_what_only_a_consent_permits_waits_for_it_and_then_for_the_office(
    working: World,
) -> None:
    late = pathway("by-consent", **LATE)
    steps = [step.model_copy(update={"statutes": ()}) for step in late.steps]
    await working.publish(late.model_copy(update={"steps": tuple(steps)}))
    case_id = await working.open_case(pathway_key="by-consent")
    await _until_it_rose(working, case_id, GapLevel.EVERYONE)
    assert {gap.kind for gap in await _gaps(working, case_id)} == {GapKind.CONSENT_MISSING}

    today = local_day(working.container.clock.now())
    consent = NewConsent(
        member=0,
        legal_area="basic-income",
        fields=["name", "birth_date", "note"],
        purpose="Change of benefits",
        given_at=today,
        form="signed",
        valid_until=today + timedelta(days=365),
    )
    await add_consent(working.container, cast.ANNA, case_id, consent, "key")

    async with asyncio.timeout(PATIENCE):
        while len(await _gaps(working, case_id)) < 3:  # noqa: ASYNC110 - in the engine
            await asyncio.sleep(0.1)
    found = {(gap.step, gap.kind): gap.closed_at is None for gap in await _gaps(working, case_id)}
    assert found == {
        ("job-centre", GapKind.CONSENT_MISSING): False,
        ("job-centre", GapKind.UNROUTED): True,
        ("school", GapKind.CONSENT_MISSING): True,
    }


async def test_what_a_newer_version_permits_by_statute_waits_for_the_office_once_it_is_moved(
    working: World,
) -> None:
    late = pathway("by-consent", **LATE)
    steps = tuple(step.model_copy(update={"statutes": ()}) for step in late.steps)
    await working.publish(late.model_copy(update={"steps": steps}))
    case_id = await working.open_case(pathway_key="by-consent")
    await _until_it_rose(working, case_id, GapLevel.EVERYONE)
    await working.publish(late.model_copy(update={"version": 2}))

    path_id = (await path_of(working, case_id)).path_id
    to_2 = MoveToVersion(version=2)
    await move_path(working.container, cast.ANNA, case_id, path_id, to_2, "key")

    async with asyncio.timeout(PATIENCE):
        while len(await _gaps(working, case_id)) < 4:  # noqa: ASYNC110 - in the engine
            await asyncio.sleep(0.1)
    found = {(gap.step, gap.kind): gap.closed_at is None for gap in await _gaps(working, case_id)}
    assert found == {
        (step, kind): kind is GapKind.UNROUTED
        for step in ("job-centre", "school")
        for kind in (GapKind.CONSENT_MISSING, GapKind.UNROUTED)
    }


async def test_closing_the_case_closes_its_gaps(working: World) -> None:
    case_id = await _open_a_case_that_nobody_works_on(working)
    await _until_it_rose(working, case_id, GapLevel.EVERYONE)

    ending = CloseCase(outcome=CaseOutcome.GOAL_REACHED)
    await close_case(working.container, cast.ANNA, case_id, ending, "key")

    assert all(gap.closed_at for gap in await _gaps(working, case_id))


async def test_only_the_office_sees_that_it_has_sent_nothing_on(working: World) -> None:
    case_id = await _open_a_case_that_nobody_works_on(working)
    await _until_it_rose(working, case_id, GapLevel.EVERYONE)

    assert len(await _seen(working, cast.ANNA)) == 2
    assert await _seen(working, cast.CLARA) == []
    assert await _seen(working, cast.OLGA) == []


async def _seen(world: World, principal: Principal) -> list[object]:
    now = world.container.clock.now()
    async with world.container.database.transaction() as connection:
        return [*await list_gaps(connection, principal, now, Wanted(), after=None, limit=50)]


async def _gaps(world: World, case_id: UUID) -> Sequence[Row[tuple[object, ...]]]:
    async with world.container.database.transaction() as connection:
        return (await connection.execute(select(gaps).where(gaps.c.case_id == case_id))).all()


async def _told(world: World) -> set[tuple[str, UUID]]:
    async with world.container.database.transaction() as connection:
        rows = await connection.execute(select(notifications.c.kind, notifications.c.to_user_id))
        return {(row.kind, row.to_user_id) for row in rows}
