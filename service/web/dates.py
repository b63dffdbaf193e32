"""Dates and deadlines in words. Everything is shown in the time of Europe/Berlin."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from babel.dates import format_date, format_time

from service.web.i18n import Translator, _
from workflows.domain.deadlines import END_OF_DAY
from workflows.domain.working_days import BERLIN, local_day, working_days_between

ORDINARY = {"de": "d.M.y", "en": "d MMM y"}
WITH_WEEKDAY = {"de": "ccc, d.M.", "en": "ccc, d MMM"}
WITH_WEEKDAY_AND_YEAR = {"de": "ccc, d.M.y", "en": "ccc, d MMM y"}
IN_A_SENTENCE = {"de": "EEEE, d. MMMM", "en": "EEEE, d MMMM"}


class Urgency(StrEnum):
    """How near a deadline is."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class DeadlineWords:
    """A deadline as a date and as what it means."""

    day: str
    meaning: str
    urgency: Urgency

    def __str__(self) -> str:
        """Return both: ``bis Do, 3.12. · noch 2 Arbeitstage``."""
        return f"{self.day} · {self.meaning}"


def day_in_numbers(t: Translator, value: date | datetime) -> str:
    """Return ``3.12.2026``."""
    return _formatted(t, value, ORDINARY)


def day_in_words(t: Translator, value: date | datetime) -> str:
    """Return ``Donnerstag, 3. Dezember``."""
    return _formatted(t, value, IN_A_SENTENCE)


def day_and_time(t: Translator, value: datetime) -> str:
    """Return ``3.12.2026, 14:05 Uhr``."""
    return t(_("%(day)s, %(time)s"), day=day_in_numbers(t, value), time=_time_of_day(t, value))


def deadline_words(t: Translator, due_at: datetime, now: datetime) -> DeadlineWords:
    """Say when something is due and how far away that is, in working days."""
    due_day, today = local_day(due_at), local_day(now)
    pattern = WITH_WEEKDAY if due_day.year == today.year else WITH_WEEKDAY_AND_YEAR
    day = t(_("by %(day)s"), day=_formatted(t, due_day, pattern))
    if due_at < now:
        return DeadlineWords(day, _how_late(t, due_day, today), Urgency.OVERDUE)
    left = working_days_between(today, due_day)
    urgency = Urgency.SOON if left <= 1 else Urgency.LATER
    if due_day == today:
        return DeadlineWords(day, _until_when_today(t, due_at), urgency)
    if left == 0:
        return DeadlineWords(day, t(_("before the next working day")), urgency)
    meaning = t.plural("%(num)s working day left", "%(num)s working days left", left)
    return DeadlineWords(day, meaning, urgency)


def _how_late(t: Translator, due_day: date, today: date) -> str:
    late = working_days_between(due_day, today)
    if late == 0:
        return t(_("overdue since today")) if due_day == today else t(_("overdue"))
    return t.plural("overdue for %(num)s working day", "overdue for %(num)s working days", late)


def _until_when_today(t: Translator, due_at: datetime) -> str:
    if due_at.astimezone(BERLIN).time() >= END_OF_DAY:
        return t(_("today"))
    return t(_("today, until %(time)s"), time=_time_of_day(t, due_at))


def _time_of_day(t: Translator, value: datetime) -> str:
    time = format_time(value, "HH:mm", tzinfo=BERLIN, locale=t.locale)
    return t(_("%(time)s o'clock"), time=time)


def _formatted(t: Translator, value: date | datetime, patterns: dict[str, str]) -> str:
    day = local_day(value) if isinstance(value, datetime) else value
    return format_date(day, patterns[t.language], locale=t.locale)
