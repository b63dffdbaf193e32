"""From bytes to text, in whatever encoding a list was saved."""

import codecs

from charset_normalizer import from_bytes

from service.takeover.sheets.refusals import FileRefused
from service.web.text import is_text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = ("utf_16_le", "utf_16_be")
_EIGHT_BITS = ("cp1252", "mac_roman", "cp850")
"""Windows, old Macs, DOS; ISO 8859-1 and -15 agree with Windows-1252 where German is written."""

_GERMAN = frozenset("äöüÄÖÜß§–„“”’éèçêôïñ€")  # noqa: RUF001 - these are meant


def decode(content: bytes) -> str:
    """Return the text. Raises FileRefused if it is none in any encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_decoded(content, encoding))
    if b"\x00" in content:
        return _checked(next((_decoded(content, one) for one in _likely(content)), None))
    text = _decoded(content, "utf-8")
    return _checked(text if text is not None else _most_german(content))


def _likely(content: bytes) -> list[str]:
    found = from_bytes(content[:20_000], cp_isolation=list(_WITHOUT_MARK)).best()
    return [found.encoding] if found else []


def _most_german(content: bytes) -> str | None:
    """Return the reading in which most of the special letters are those of German texts."""
    readings = [text for one in _EIGHT_BITS if (text := _decoded(content, one)) is not None]
    return max(readings, key=_letters_of_german, default=None)


def _letters_of_german(text: str) -> int:
    special = [letter for letter in text if letter > "\x7f"]
    return sum(1 if letter in _GERMAN else -1 for letter in special)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None) -> str:
    if text is None or not is_text(text.replace("\x0b", "").replace("\x85", "")):
        raise FileRefused("not-a-table")
    return text
