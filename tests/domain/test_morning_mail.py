"""When the morning's mail goes out: at seven in Berlin, on working days."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counts import PROPERTY
from tests.domain.calendar import utc
from workflows.domain.digest import digest_after, digest_at_or_after
from workflows.domain.working_days import BERLIN, is_working_day


@pytest.mark.parametrize(
    ("told", "mailed"),
    [
        ("2027-03-01 05:00", "2027-03-01 06:00"),
        ("2027-03-01 06:00", "2027-03-01 06:00"),
        ("2027-03-01 06:00:01", "2027-03-02 06:00"),
        ("2027-03-05 15:00", "2027-03-08 06:00"),  # Friday afternoon
        ("2027-03-26 05:00", "2027-03-30 05:00"),  # Good Friday; the clocks change in between
        ("2027-10-31 00:30", "2027-11-02 06:00"),  # All Saints' is a holiday in the state
        ("2026-12-31 12:00", "2027-01-04 06:00"),
    ],
)
def test_it_goes_out_on_the_next_working_morning(told: str, mailed: str) -> None:
    assert digest_at_or_after(utc(told)) == utc(mailed)


def test_what_is_too_late_for_a_morning_is_for_the_next() -> None:
    assert digest_after(utc("2027-03-01 06:00")) == utc("2027-03-02 06:00")


@given(st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
@PROPERTY
def test_it_is_never_early_and_there_is_one_every_working_day(told: datetime) -> None:
    mailed = digest_at_or_after(told)
    local = mailed.astimezone(BERLIN)
    assert told <= mailed <= told + timedelta(days=6)
    assert is_working_day(local.date())
    assert (local.hour, local.minute) == (7, 0)
    assert digest_at_or_after(mailed) == mailed
