"""Residence titles and benefits that run out, on the engine, in skipped time."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from service.cases.acting import close_case
from service.cases.path_starting import start_path
from service.cases.schemas import CloseCase, StartPathBody
from service.cases.tables import paths, steps
from service.engine.engine import Engine
from service.entitlements.acting import change_entitlement, let_run_out
from service.entitlements.repository import entitlements_of
from service.entitlements.schemas import ChangedDays, NothingFollows
from service.entitlements.views import EntitlementView
from service.errors import NotFound
from service.gaps.repository import GapRow, Wanted, list_gaps
from service.notifications.outbox import PostgresOutbox
from service.notifications.tables import notifications
from tests import cast
from tests.engine.skipped_time import SkippedTime, server_that_skips_time
from tests.world import World, pathway
from workflows.domain.errors import EndsBeforeStart, PathRunsAlready
from workflows.domain.gaps import GapLevel
from workflows.domain.principal import Principal
from workflows.domain.reasons import CaseOutcome, Reason
from workflows.domain.working_days import local_day

EXPIRING = "document-expiring"


class Office:
    """A case in a world whose time is skipped."""

    def __init__(self, world: World, time: SkippedTime, case_id: UUID) -> None:
        self.world, self.time, self.case_id = world, time, case_id

    def day(self, days: int) -> date:
        """Return the day so many days from now."""
        return local_day(self.time.now()) + timedelta(days=days)

    async def note(self, kind: str, *, printed: int | None = None) -> UUID:
        """Note an entitlement, with its printed day counted from today."""
        if printed is None:
            return await self.world.note(self.case_id, kind)
        return await self.world.note(self.case_id, kind, printed_until=self.day(printed))

    async def gaps(self) -> list[GapRow]:
        """Return the gaps about what runs out, by the event that opened them."""
        async with self.world.container.database.transaction() as connection:
            found = await list_gaps(
                connection,
                cast.ANNA,
                self.time.now(),
                Wanted(kind=EXPIRING),
                after=None,
                limit=100,
            )
        return sorted(found, key=lambda gap: gap.opened_at)

    async def entry(self, entitlement_id: UUID) -> EntitlementView:
        """Return an entitlement as the pages show it."""
        async with self.world.container.database.transaction() as connection:
            found = await entitlements_of(connection, cast.ANNA, self.time.now(), self.case_id)
        return next(one for one in found if one.id == entitlement_id)

    async def pass_by(self, days: int) -> None:
        """Let days pass."""
        await self.time.pass_by(timedelta(days=days))


@pytest.fixture
async def office(world: World) -> AsyncIterator[Office]:
    """Open a case of Anna's in skipped time."""
    async with server_that_skips_time() as time:
        engine = Engine(time.client, world.container.engine.task_queue)
        there = World(replace(world.container, client=time.client, engine=engine, clock=time))
        await there.publish(pathway("arrival"))
        async with there.worker():
            yield Office(there, time, await there.open_case(pathway_key="arrival"))


async def test_a_title_that_ends_in_six_weeks_opens_a_gap_in_time(office: Office) -> None:
    title = await office.note("residence-title", printed=42)

    await office.pass_by(1)

    [gap] = await office.gaps()
    assert (gap.entitlement_id, gap.party, gap.agency.id) == (title, "sender", cast.OFFICE_A)
    assert (gap.step, gap.path_id, gap.referral_id) == (None, None, None)
    assert (await office.entry(title)).gap_level == GapLevel.REMINDER
    await office.pass_by(30)
    [risen] = await office.gaps()
    assert (risen.id, risen.level, risen.closed_at) == (gap.id, GapLevel.EVERYONE, None)
    assert await _told(office, title) == {
        ("overdue", cast.ANNA.user_id),
        ("gap", cast.STEFAN.user_id),
        ("escalation", cast.STEFAN.user_id),
        ("escalation", cast.KATJA.user_id),
    }


async def test_a_certificate_whose_printed_day_passes_undecided_opens_none(
    office: Office,
) -> None:
    certificate = await office.note("provisional-residence", printed=10)

    await office.pass_by(200)

    assert await office.gaps() == []
    entry = await office.entry(certificate)
    assert (entry.last_day, entry.act_by, entry.gap_level) == (None, None, None)
    decided = ChangedDays(printed_until=entry.printed_until, effective_until=office.day(5))
    await change_entitlement(
        office.world.container, cast.ANNA, office.case_id, certificate, decided, "decided"
    )
    assert (await office.entry(certificate)).last_day == office.day(5)
    await office.pass_by(1)
    assert [gap.entitlement_id for gap in await office.gaps()] == [certificate]


async def test_a_recognition_ends_the_old_benefits_and_the_path_to_the_new_ones_closes_the_gap(
    office: Office,
) -> None:
    benefits = await office.note("asylum-seekers-benefits")
    assert (await office.entry(benefits)).act_by is None

    await office.note("recognition")

    ended = (await office.entry(benefits)).last_day
    assert ended is not None
    assert (ended + timedelta(days=1)).day == 1
    await office.pass_by(1)
    assert [gap.closed_at for gap in await office.gaps()] == [None]
    container, body = (
        office.world.container,
        StartPathBody(pathway="benefit-change", member=None, entitlement=benefits),
    )
    path_id = await start_path(container, cast.ANNA, office.case_id, body, "key")
    assert await start_path(container, cast.ANNA, office.case_id, body, "key") == path_id
    [gap] = await office.gaps()
    assert gap.closed_at is not None
    assert (await office.entry(benefits)).path_id == path_id
    async with container.database.transaction() as connection:
        [path] = (await connection.execute(select(paths).where(paths.c.id == path_id))).all()
        begun = set(
            await connection.scalars(select(steps.c.status).where(steps.c.path_id == path_id))
        )
    assert (path.position, path.member_id, path.pathway) == (1, None, "benefit-change")
    assert begun == {"due", "waiting"}
    with pytest.raises(PathRunsAlready):
        await start_path(container, cast.ANNA, office.case_id, body, "another key")


async def test_the_next_title_closes_the_gap_and_drops_the_mail(office: Office) -> None:
    await office.note("residence-title", printed=42)
    await office.pass_by(1)

    await office.note("settlement-permit")

    [gap] = await office.gaps()
    assert gap.closed_at is not None
    outbox, now = PostgresOutbox(office.world.container.database), office.time.now()
    about = []
    while letter := await outbox.next_letter(now + timedelta(days=3)):
        about += [matter.about for matter in letter.matters]
        await outbox.sent(letter, now)
    assert not [one for one in about if one.startswith("entitlement")]


async def test_the_morning_mail_names_what_runs_out_and_leads_to_the_case(
    office: Office,
) -> None:
    await office.note("residence-title", printed=42)
    await office.pass_by(1)

    outbox = PostgresOutbox(office.world.container.database)
    matters = []
    while letter := await outbox.next_letter(office.time.now() + timedelta(days=3)):
        matters += [matter for matter in letter.matters if matter.about.startswith("entitle")]
        await outbox.sent(letter, office.time.now())
    assert [(one.about, one.case_id) for one in matters] == [
        ("entitlement-overdue", office.case_id)
    ]
    assert matters[0].due_at is not None


async def test_with_a_reason_or_with_the_case_the_gap_closes(office: Office) -> None:
    container = office.world.container
    first = await office.note("residence-title", printed=42)
    second = await office.note("passport", printed=42)
    await office.pass_by(1)
    assert len(await office.gaps()) == 2
    moved = NothingFollows(reason=Reason.CLIENT_MOVED)

    await let_run_out(container, cast.ANNA, office.case_id, first, moved, "key")

    assert (await office.entry(first)).let_go == Reason.CLIENT_MOVED
    assert {gap.entitlement_id for gap in await office.gaps() if not gap.closed_at} == {second}
    ending = CloseCase(outcome=CaseOutcome.GOAL_REACHED)
    await close_case(container, cast.ANNA, office.case_id, ending, "close")
    assert all(gap.closed_at for gap in await office.gaps())
    assert (await office.entry(second)).act_by is None


async def test_the_same_request_at_once_is_noted_once(office: Office) -> None:
    title = await office.note("residence-title", printed=42)
    container, key = office.world.container, str(uuid7())
    longer = ChangedDays(printed_until=office.day(400))

    done = await asyncio.gather(
        *(
            change_entitlement(container, cast.ANNA, office.case_id, title, longer, key)
            for _ in range(5)
        )
    )

    assert {one.seq for one in done} == {done[0].seq}
    assert (await office.entry(title)).last_day == office.day(400)
    early = ChangedDays(printed_until=date(2025, 12, 31))
    with pytest.raises(EndsBeforeStart):
        await change_entitlement(container, cast.ANNA, office.case_id, title, early, "early")


@pytest.mark.parametrize("actor", [cast.CLARA, cast.STEFAN], ids=["receiver", "supervisor"])
async def test_the_supervisor_notes_it_and_the_receiver_does_not_see_it(
    office: Office, actor: Principal
) -> None:
    title = await office.note("residence-title", printed=42)
    await office.world.refer(office.case_id)
    longer = ChangedDays(printed_until=office.day(400))
    container = office.world.container
    async with container.database.transaction() as connection:
        seen = await entitlements_of(connection, actor, office.time.now(), office.case_id)
    if actor is cast.STEFAN:
        assert [one.id for one in seen] == [title]
        await change_entitlement(container, actor, office.case_id, title, longer, "key")
        return
    assert seen == []
    with pytest.raises(NotFound):
        await change_entitlement(container, actor, office.case_id, title, longer, "key")


async def _told(office: Office, entitlement_id: UUID) -> set[tuple[str, UUID]]:
    async with office.world.container.database.transaction() as connection:
        rows = await connection.execute(
            select(notifications.c.kind, notifications.c.to_user_id).where(
                notifications.c.entitlement_id == entitlement_id
            )
        )
        return {(row.kind, row.to_user_id) for row in rows}
