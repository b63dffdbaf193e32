"""The demo's world in a real database."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.people import NewUser
from service.accounts.service import add_user, sign_in
from service.all_tables import metadata
from service.bootstrap import Container
from service.cases.tables import cases, steps
from service.gaps.tables import gaps
from service.installation.demo import InUse
from service.ledger.tables import events, workflow_states
from service.notifications.tables import notifications
from service.referrals.tables import clock_spans, referrals
from service.startdata.accounts import demo_accounts
from service.startdata.load import load, load_directory, load_households, load_people
from service.startdata.reference import load_reference_data
from workflows.domain.gaps import GapKind
from workflows.domain.principal import Principal, Role
from workflows.domain.statuses import CaseStatus, Status, StepStatus


@dataclass(frozen=True)
class StoppedClock:
    """Always tells the same time."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


LOAD_DAYS = (
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),  # half an hour before the clocks change
    datetime(2026, 12, 26, 22, 30, tzinfo=UTC),  # in the night of a holiday on a weekend
    datetime(2027, 3, 29, 4, 0, tzinfo=UTC),  # Easter Monday, the day after the clocks changed
    datetime(2026, 11, 4, 9, 30, tzinfo=UTC),  # in the middle of a working day
)


async def load_on(container: Container, day: datetime) -> Container:
    """Take the households over on that day, without starting their workflows."""
    stopped = replace(container, clock=StoppedClock(day))
    for part in (load_reference_data, load_directory, load_people, load_households):
        await part(stopped)
    return stopped


@pytest.fixture
async def loaded(container: Container) -> Container:
    """The households on an ordinary day."""
    return await load_on(container, LOAD_DAYS[-1])


@pytest.fixture(params=LOAD_DAYS, ids=lambda day: f"{day:%Y-%m-%d}")
async def loaded_on_any_day(request: pytest.FixtureRequest, container: Container) -> Container:
    """The households on days that are ordinary, and on others."""
    return await load_on(container, request.param)


async def content(container: Container) -> dict[str, list[str]]:
    """Every row of every table."""
    async with container.database.transaction() as connection:
        return {
            table.name: sorted(str(row) for row in await connection.execute(select(table)))
            for table in metadata.sorted_tables
        }


async def test_loading_twice_changes_nothing(container: Container) -> None:
    await load(container)
    first = await content(container)

    later = StoppedClock(container.clock.now() + timedelta(days=3))
    await load(replace(container, clock=later))

    assert len(first["cases"]) == 60
    assert await content(container) == first


async def test_every_account_that_is_shown_can_sign_in(container: Container) -> None:
    for part in (load_reference_data, load_directory, load_people):
        await part(container)
    for account in demo_accounts():
        session = await sign_in(
            container.database, container.clock.now(), account.user, account.password
        )
        assert session is not None, account.user


NEVER_TAKEN_OVER = {Status.DRAFT, Status.ENTERED_IN_ERROR}
"""What was not sent yet or was taken back at once is nobody's past."""


async def test_households_stand_at_every_point_of_life(loaded: Container) -> None:
    async with loaded.database.transaction() as connection:
        referred = set(await connection.scalars(select(referrals.c.status)))
        stepped = set(await connection.scalars(select(steps.c.status)))
        closed = await connection.execute(
            select(cases.c.outcome).where(cases.c.status == CaseStatus.CLOSED)
        )
        chains = await connection.scalars(
            select(referrals.c.id).where(
                referrals.c.predecessor_id.is_not(None), referrals.c.closed_at.is_(None)
            )
        )
        claimed = await connection.scalars(
            select(referrals.c.id).where(
                referrals.c.status == Status.RECEIVED, referrals.c.claimed_by.is_not(None)
            )
        )
        asked_by_telephone = await connection.scalars(
            select(referrals.c.id).where(
                referrals.c.on_board.is_(False), referrals.c.closed_at.is_(None)
            )
        )
        assert referred == set(Status) - NEVER_TAKEN_OVER
        assert stepped == set(StepStatus)
        assert Counter(row.outcome for row in closed) == {
            "goal-reached": 3,
            "moved-away": 1,
            "contact-lost": 1,
            "declined": 1,
        }
        assert len(list(chains)) == 5
        assert len(list(claimed)) == 2
        assert len(list(asked_by_telephone)) > 5


async def test_about_a_fifth_is_stuck_and_everybody_was_reminded(loaded: Container) -> None:
    now = loaded.clock.now()
    async with loaded.database.transaction() as connection:
        stuck = set(
            await connection.scalars(select(steps.c.case_id).where(steps.c.clock_due_at < now))
        )
        open_gaps = list(await connection.execute(select(gaps).where(gaps.c.closed_at.is_(None))))
        past_gaps = list(await connection.execute(select(gaps).where(gaps.c.closed_at < now)))
        reminded = set(
            await connection.scalars(
                select(events.c.referral_id).where(events.c.action == "remind")
            )
        )
        parties = {gap.party for gap in open_gaps}
        kinds = {gap.kind for gap in open_gaps}
    # A dispute is a gap at once; sending on again may be due before a reminder could be given.
    without_reminder = {GapKind.DISPUTED, GapKind.REJECTED, GapKind.DOCUMENT_EXPIRING}
    opened_by_time = [gap for gap in open_gaps if gap.kind not in without_reminder]
    assert {gap.referral_id for gap in opened_by_time if gap.referral_id} <= reminded
    assert parties == {"receiver", "sender", "client"}
    without_example = {GapKind.NO_APPOINTMENT, GapKind.CONSENT_MISSING}
    assert kinds == set(GapKind) - without_example
    assert 10 <= len(stuck) <= 14
    assert len(past_gaps) > len(open_gaps) / 2


async def test_loading_that_was_broken_off_is_completed_by_the_next(container: Container) -> None:
    class Killed(Exception):
        pass

    def kill(what: str, done: int, _total: int) -> None:
        if what == "Households" and done:
            raise Killed

    with pytest.raises(Killed):
        await load(container, kill)
    assert 0 < len((await content(container))["cases"]) < 60

    await load(container)

    complete = await content(container)
    assert len(complete["cases"]) == 60
    await load(container)
    assert await content(container) == complete


async def test_invented_people_do_not_come_among_real_ones(container: Container) -> None:
    await load_people_of_a_district(container)
    before = await content(container)
    with pytest.raises(InUse):
        await load(container)
    assert await content(container) == before


async def load_people_of_a_district(container: Container) -> None:
    new = NewUser("ulla", "Ulla Ulmer", Role.ADMINISTRATOR, None, "x" * 12, "ulla@example.org")
    await add_user(container.database, Principal.system(), container.clock.now(), new)


async def test_every_open_step_has_one_responsible_agency_and_one_deadline(
    loaded_on_any_day: Container,
) -> None:
    async with loaded_on_any_day.database.transaction() as connection:
        rows = list(
            await connection.execute(
                select(steps, cases.c.status.label("case")).join(
                    cases, cases.c.id == steps.c.case_id
                )
            )
        )
        assert len({row.case_id for row in rows}) == 60
        for row in rows:
            is_open = row.case == "open" and row.status in {"due", "referred", "in-progress"}
            assert (row.responsible_id is not None) is is_open
            is_to_be_confirmed = row.status == "done" and row.clock_party == "client"
            assert (row.clock_due_at is not None) is (is_open or is_to_be_confirmed)
        await _check_that_every_waiting_second_belongs_to_one_party(
            connection, loaded_on_any_day.clock.now()
        )


async def _check_that_every_waiting_second_belongs_to_one_party(
    connection: AsyncConnection, now: datetime
) -> None:
    spans_of = defaultdict(list)
    for span in await connection.execute(
        select(clock_spans).order_by(clock_spans.c.referral_id, clock_spans.c.seq)
    ):
        spans_of[span.referral_id].append((span.since, span.until))
    for referral in list(await connection.execute(select(referrals))):
        limits = spans_of[referral.id]
        if referral.closed_at is None:
            limits.append((referral.clock_since, now))
        begins, ends = [since for since, _ in limits], [until for _, until in limits]
        assert begins == [referral.opened_at, *ends[:-1]]
        assert ends[-1] == (referral.closed_at or now)


async def test_the_past_is_marked_as_taken_over_and_nobody_is_written_to(
    loaded: Container,
) -> None:
    async with loaded.database.transaction() as connection:
        sources = await connection.scalars(select(events.c.source).distinct())
        assert list(sources) == ["import"]
        assert await connection.scalar(select(func.count()).select_from(notifications)) == 0
        kept = await connection.scalar(
            select(func.count()).where(workflow_states.c.is_open, workflow_states.c.kind == "case")
        )
        assert kept == 54
