"""Types for text that people and programs send: bounded, trimmed, free of control characters."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

LONGEST_LINE = 200
LONGEST_PARAGRAPHS = 4000
_UNPRINTABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
_NOT_IN_PARAGRAPHS = re.compile(f"[{_UNPRINTABLE}]")
_NOT_IN_A_LINE = re.compile(f"[{_UNPRINTABLE}\n\r\t]")
_SOFT_BREAKS = str.maketrans("\x0b\x0c\x85", "\n\n\n")


def is_text(value: str, *, line_breaks: bool = True) -> bool:
    """Tell whether the value is text: no control characters, no half of a surrogate pair."""
    return not (_NOT_IN_PARAGRAPHS if line_breaks else _NOT_IN_A_LINE).search(value)


def readable(value: str) -> str:
    """Return what a person meant who pasted this: soft line breaks as such, no invisible letters.

    Word processors put vertical tabs and the like between words.
    """
    return _NOT_IN_PARAGRAPHS.sub("", value.translate(_SOFT_BREAKS))


def shortened(value: str) -> str:
    """Return at most a line of it; an ellipsis stands for the rest."""
    return value if len(value) <= LONGEST_LINE else f"{value[: LONGEST_LINE - 1]}…"


def _line(value: str) -> str:
    if not is_text(value, line_breaks=False):
        raise PydanticCustomError("unprintable", "control characters")
    return value


def _paragraphs(value: str) -> str:
    if not is_text(value):
        raise PydanticCustomError("unprintable", "control characters")
    return value.replace("\r\n", "\n")


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE),
    AfterValidator(_line),
]
"""One line of text, such as a name."""

Paragraphs = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_PARAGRAPHS),
    AfterValidator(_paragraphs),
]
"""Text with line breaks, such as a note; may be empty."""
