"""What a rehearsal shows: where deadlines would be missed, and who would be reminded how often."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from workflows.domain.gaps import GapKind
from workflows.domain.notices import Audience
from workflows.domain.rehearsing import Awaited, Rehearsal
from workflows.domain.working_days import local_day

OF_THE_AGENCY = frozenset({Audience.RECEIVER, Audience.RECEIVERS_SUPERVISORS})
"""Whom there is once in every legal area."""

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class DeadlineFound:
    """How often somebody had this deadline in a step, and how often it was missed."""

    step: str
    kind: GapKind
    awaited: int
    missed: int

    @property
    def share(self) -> float:
        """The missed ones of all, between 0 and 1."""
        return self.missed / self.awaited


@dataclass(frozen=True)
class RemindersFound:
    """How many reminders somebody would get: in a middling week, and in the fullest one.

    ``legal_area`` is None for those who are there once: the office, its supervisors, coordination.
    """

    audience: Audience
    legal_area: str | None
    usual: float
    most: int


def deadlines_found(rehearsals: Iterable[Rehearsal]) -> list[DeadlineFound]:
    """Return every deadline that was awaited, the one most often missed first."""
    awaited: Counter[Awaited] = Counter()
    missed: Counter[Awaited] = Counter()
    for seen in rehearsals:
        awaited.update(seen.awaited)
        missed.update(seen.missed)
    found = [DeadlineFound(one.step, one.kind, many, missed[one]) for one, many in awaited.items()]
    return sorted(found, key=lambda one: (-one.share, -one.missed))


def reminders_found(
    rehearsals: Sequence[Rehearsal], legal_areas: Mapping[str, str]
) -> list[RemindersFound]:
    """Return who would be reminded how often, in the weeks in which paths began.

    ``legal_areas``: the legal area of each step. Weeks begin on Monday (Europe/Berlin).
    """
    weeks = _weeks_of(seen.began_at for seen in rehearsals)
    by_party: dict[tuple[Audience, str | None], Counter[date]] = {}
    for seen in rehearsals:
        for one in seen.reminded:
            area = legal_areas[one.step] if one.audience in OF_THE_AGENCY else None
            by_party.setdefault((one.audience, area), Counter())[_monday_of(one.at)] += 1
    return [
        RemindersFound(
            audience, area, median(per_week[week] for week in weeks), max(per_week.values())
        )
        for (audience, area), per_week in sorted(by_party.items(), key=_by_number_of_reminders)
    ]


def weeks_to_the_end(rehearsals: Iterable[Rehearsal]) -> tuple[float, float]:
    """Return after how many weeks half of the paths, and all of them, have come to their end."""
    lengths = [(seen.ended_at - seen.began_at) / _WEEK for seen in rehearsals]
    return median(lengths), max(lengths)


def _by_number_of_reminders(
    found: tuple[tuple[Audience, str | None], Counter[date]],
) -> tuple[int, str, str]:
    (audience, area), per_week = found
    return -per_week.total(), audience, area or ""


def _weeks_of(instants: Iterable[datetime]) -> list[date]:
    """Return the Mondays of all weeks from the first of these instants to the last."""
    mondays = sorted(_monday_of(instant) for instant in instants)
    number = (mondays[-1] - mondays[0]).days // 7
    return [mondays[0] + _WEEK * n for n in range(number + 1)]


def _monday_of(instant: datetime) -> date:
    day = local_day(instant)
    return day - timedelta(days=day.weekday())
