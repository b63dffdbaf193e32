"""From what stands in a cell to what it means: texts and days."""

import re
import unicodedata
from datetime import date, datetime

from service.takeover.sheets.table import Value
from service.web.text import readable

_GERMAN = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})([T ][\d:.]+Z?)?")
_SLASHES = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
_CENTURY = 100
_TWO_DIGITS = 2


class NotADay(ValueError):
    """The value is no day. ``code`` names the fault."""

    def __init__(self, code: str) -> None:
        """Take the fault's code."""
        super().__init__(code)
        self.code = code


def as_text(value: Value) -> str:
    """Return the value as one line, as a person would type it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return as_day(value.date())
    if isinstance(value, date):
        return as_day(value)
    typed = "" if value is None else str(value)
    return " ".join(unicodedata.normalize("NFC", readable(typed)).split())


def as_paragraphs(value: Value) -> str:
    """Return the value as text with its line breaks."""
    typed = readable(value) if isinstance(value, str) else as_text(value)
    return unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()


def day_of(value: Value, today: date, *, of_birth: bool = False) -> date | None:
    """Return the day; None for an empty cell. Raises NotADay.

    A year with two digits is one of this century; for a day of birth, of the last one where it
    would lie after ``today`` (Berlin).
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        raise NotADay("number-for-date")
    text = as_text(value)
    if not text:
        return None
    match = _GERMAN.fullmatch(text) or _ISO.fullmatch(text) or _SLASHES.fullmatch(text)
    if match is None:
        raise NotADay("not-a-date")
    year = int(match["year"])
    month, day = int(match["month"]), int(match["day"])
    try:
        if len(match["year"]) == _TWO_DIGITS:
            year += today.year - today.year % _CENTURY
            if of_birth and date(year, month, day) > today:
                year -= _CENTURY
        return date(year, month, day)
    except ValueError:
        raise NotADay("not-a-date") from None


def as_day(day: date) -> str:
    """Return the day as people write it in Germany."""
    return f"{day:%d.%m.%Y}"


def plain(text: str) -> str:
    """Return the text for comparing: case, umlauts and blanks do not count."""
    spelled = text.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelled = spelled.replace(umlaut, letters)
    return re.sub(r"[\s\-_.,/()]+", "", unicodedata.normalize("NFKC", spelled))
