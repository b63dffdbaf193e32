"""Is this machine's clock right?"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sqlalchemy import text

from service.clock import Clock
from service.doctor.results import CannotAsk, Fault, Result, Well
from service.doctor.subject import Subject

TOLERANCE = timedelta(seconds=30)
SECONDS = 2.0


class TimeCheck:
    """Compares this machine's clock with the database's and with the web server's."""

    name = "clock"

    def __init__(self, subject: Subject, clock: Clock) -> None:
        self._subject = subject
        self._clock = clock

    async def run(self) -> Result:
        """Ask both; one answer is enough."""
        others: dict[str, Callable[[], Awaitable[datetime | None]]] = {
            "the database's": self._database_time,
            "the web server's": self._web_time,
        }
        differences = {name: await self._ahead_of(ask) for name, ask in others.items()}
        known = {name: ahead for name, ahead in differences.items() if ahead is not None}
        if not known:
            raise CannotAsk("There is no other clock to compare it with.")
        name, ahead = max(known.items(), key=lambda it: abs(it[1]))
        if abs(ahead) <= TOLERANCE:
            return Well(f"It agrees with {' and '.join(known)} clock.")
        direction = "ahead of" if ahead > timedelta() else "behind"
        return Fault(
            f"This machine's clock is {_span(abs(ahead))} {direction} {name} clock.",
            "Have both machines set theirs by a time server (NTP): deadlines depend on it.",
        )

    async def _ahead_of(self, ask: Callable[[], Awaitable[datetime | None]]) -> timedelta | None:
        before = self._clock.now()
        there = await ask()
        after = self._clock.now()
        return None if there is None else before + (after - before) / 2 - there

    async def _database_time(self) -> datetime | None:
        try:
            async with self._subject.database() as database, database.transaction() as connection:
                # Not a time that anything is decided by: the very clock that is compared.
                there: datetime | None = await connection.scalar(text("select clock_timestamp()"))
        except CannotAsk:
            return None
        return there

    async def _web_time(self) -> datetime | None:
        return await asyncio.to_thread(_date_header, self._subject.settings.public_url)


def _date_header(address: str) -> datetime | None:
    if not address.startswith(("http://", "https://")):
        return None
    try:
        with urlopen(Request(f"{address.rstrip('/')}/healthz"), timeout=SECONDS) as answer:  # noqa: S310 - checked above
            headers = answer.headers
    except HTTPError as refused:
        headers = refused.headers
    except (OSError, HTTPException, ValueError):
        return None
    try:
        return parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None


def _span(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
