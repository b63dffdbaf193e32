"""The households of the demo: their days are counted from the day on which they are loaded."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from service.startdata.reading import HERE, read_file
from service.takeover.models import TakenOverCase
from workflows.domain.working_days import add_working_days, at_local_time

SOURCE = "demo"

_MOMENT = re.compile(r"(?P<days>\d+) working days? ago, (?P<clock>\d\d:\d\d)")
_DAY = re.compile(r"(?P<days>\d+) working days? ago")
_FUTURE = re.compile(r"in (?P<days>\d+) days")
_BIRTH = re.compile(r"age (?P<age>\d+), born on (?P<month>\d\d)-(?P<day>\d\d)")


def read_households(today: date) -> list[TakenOverCase]:
    """Return the households as they stand on that day (in Berlin)."""
    files = sorted((HERE / "households").glob("*.yaml"))
    return [
        TakenOverCase.model_validate(
            {"source": SOURCE, **_dated(read_file(f"households/{file.name}"), today)}
        )
        for file in files
    ]


def _dated(value: Any, today: date) -> Any:
    """Replace every text that counts days, at any depth, by the day or instant it stands for."""
    if isinstance(value, dict):
        return {key: _dated(below, today) for key, below in value.items()}
    if isinstance(value, list):
        return [_dated(below, today) for below in value]
    if isinstance(value, str):
        for pattern, reading in _READINGS.items():
            if match := pattern.fullmatch(value):
                return reading(match, today)
    return value


def _moment(match: re.Match[str], today: date) -> Any:
    return at_local_time(_day(match, today), time.fromisoformat(match["clock"]))


def _day(match: re.Match[str], today: date) -> date:
    return add_working_days(today, -int(match["days"]))


def _future(match: re.Match[str], today: date) -> date:
    return today + timedelta(int(match["days"]))


def _birth(match: re.Match[str], today: date) -> date:
    birthday = date(today.year, int(match["month"]), int(match["day"]))
    years = int(match["age"]) + (birthday > today)
    return birthday.replace(year=today.year - years)


_READINGS: dict[re.Pattern[str], Callable[[re.Match[str], date], Any]] = {
    _MOMENT: _moment,
    _DAY: _day,
    _FUTURE: _future,
    _BIRTH: _birth,
}
