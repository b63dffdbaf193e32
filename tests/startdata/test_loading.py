"""The demo's world in a real database."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from service.accounts.service import sign_in
from service.all_tables import metadata
from service.bootstrap import Container
from service.cases.tables import steps
from service.gaps.tables import gaps
from service.ledger.tables import events, workflow_states
from service.notifications.tables import notifications
from service.referrals.tables import clock_spans, referrals
from service.startdata import demo_accounts, load
from service.startdata.load import load_directory, load_households, load_pathways, load_people


@dataclass(frozen=True)
class StoppedClock:
    """Always tells the same time."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


LOAD_DAYS = (
    datetime(2026, 12, 26, 22, 30, tzinfo=UTC),  # in the night of a holiday on a weekend
    datetime(2027, 3, 29, 4, 0, tzinfo=UTC),  # Easter Monday, the day after the clocks changed
    datetime(2026, 11, 4, 9, 30, tzinfo=UTC),  # in the middle of a working day
)


@pytest.fixture(params=LOAD_DAYS, ids=lambda day: f"{day:%Y-%m-%d}")
async def loaded(request: pytest.FixtureRequest, container: Container) -> Container:
    """The households, taken over on that day."""
    stopped = replace(container, clock=StoppedClock(request.param))
    for part in (load_pathways, load_directory, load_people, load_households):
        await part(stopped)
    return stopped


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

    assert len(first["cases"]) == 6
    assert await content(container) == first


async def test_every_account_that_is_shown_can_sign_in(container: Container) -> None:
    for part in (load_directory, load_people):
        await part(container)
    for account in demo_accounts():
        session = await sign_in(
            container.database, container.clock.now(), account.user, account.password
        )
        assert session is not None, account.user


async def test_households_stand_at_different_points_of_life(loaded: Container) -> None:
    async with loaded.database.transaction() as connection:
        open_referrals = await connection.execute(
            select(referrals.c.status, func.count())
            .where(referrals.c.closed_at.is_(None))
            .group_by(referrals.c.status)
        )
        assert {row[0]: row[1] for row in open_referrals} == {
            "requested": 2,
            "received": 1,
            "accepted": 1,
            "in-progress": 2,
            "rejected": 1,
        }
        due = await connection.scalar(
            select(func.count()).where(steps.c.status == "due", steps.c.referral_id.is_(None))
        )
        assert due == 1
        finished = await connection.scalars(
            select(steps.c.path_id)
            .group_by(steps.c.path_id)
            .having(func.bool_and(steps.c.status.in_(["done", "waived"])))
        )
        assert len(list(finished)) == 1


async def test_one_gap_is_open_and_one_was_closed(loaded: Container) -> None:
    async with loaded.database.transaction() as connection:
        rows = await connection.execute(
            select(gaps.c.kind, gaps.c.party, gaps.c.closed_at.is_(None).label("is_open")).order_by(
                "is_open"
            )
        )
        assert [tuple(row) for row in rows] == [
            ("unanswered", "receiver", False),
            ("unanswered", "receiver", True),
        ]


async def test_every_waiting_second_of_every_referral_belongs_to_one_party(
    loaded: Container,
) -> None:
    now = loaded.clock.now()
    async with loaded.database.transaction() as connection:
        for referral in list(await connection.execute(select(referrals))):
            spans = list(
                await connection.execute(
                    select(clock_spans)
                    .where(clock_spans.c.referral_id == referral.id)
                    .order_by(clock_spans.c.seq)
                )
            )
            limits = [(span.since, span.until) for span in spans]
            if referral.closed_at is None:
                limits.append((referral.clock_since, now))
            begins, ends = [since for since, _ in limits], [until for _, until in limits]
            assert begins == [referral.opened_at, *ends[:-1]]
            assert ends[-1] == (referral.closed_at or now)


async def test_every_open_step_has_one_responsible_agency_and_one_deadline(
    loaded: Container,
) -> None:
    async with loaded.database.transaction() as connection:
        rows = list(await connection.execute(select(steps)))
    for step in rows:
        is_open = step.status in {"due", "referred", "in-progress"}
        assert (step.responsible_id is not None) is is_open
        assert (step.clock_due_at is not None) is is_open


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
        assert kept == 6
