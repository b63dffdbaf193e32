"""The machine's own time zone makes no difference."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.domain.calendar import deadline_after, moment_of
from workflows.domain.deadlines import Length, Recall, Remainder
from workflows.domain.terms import Term
from workflows.domain.working_days import local_day

HOUR_AT_THE_EPOCH = {"UTC": 0, "Europe/Berlin": 1, "Asia/Tokyo": 9, "America/Anchorage": 14}


@pytest.fixture(params=HOUR_AT_THE_EPOCH, autouse=True)
def host(request: pytest.FixtureRequest) -> Iterator[None]:
    """Move the machine, and make sure that it has moved."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TZ", request.param)
        time.tzset()
        assert time.localtime(0).tm_hour == HOUR_AT_THE_EPOCH[request.param]
        yield
    time.tzset()


def test_a_deadline_is_the_same_wherever_the_machine_stands() -> None:
    start = datetime(2027, 10, 28, 22, 30, tzinfo=UTC)
    deadline = deadline_after(start, Term(working_days=2), Term(working_days=1))
    assert deadline.due_at == datetime(2027, 11, 3, 22, 59, 59, tzinfo=UTC)
    assert moment_of(deadline, Recall.REMINDER) == datetime(2027, 11, 2, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "length",
    [
        Term(working_days=2),
        Term(duration=timedelta(hours=4)),
        Remainder(
            paused_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
            due_at=datetime(2027, 3, 1, 10, 0, tzinfo=UTC),
            in_hours=True,
        ),
    ],
)
def test_a_deadline_is_kept_in_utc_wherever_the_machine_stands(length: Length) -> None:
    deadline = deadline_after(datetime(2027, 6, 7, 9, 0, tzinfo=UTC), length)
    assert deadline.due_at.utcoffset() == timedelta(0)
    assert {moment.at.utcoffset() for moment in deadline.moments} == {timedelta(0)}


def test_the_day_of_an_instant_is_berlins_wherever_the_machine_stands() -> None:
    assert local_day(datetime(2027, 6, 7, 22, 30, tzinfo=UTC)) == date(2027, 6, 8)
    assert local_day(datetime(2027, 1, 7, 22, 30, tzinfo=UTC)) == date(2027, 1, 7)
