"""What PyYAML finds wrong, said to the person who wrote the file."""

import re
from typing import Any

import yaml

LONGEST = 60
"""So many letters of what somebody wrote are quoted."""

TOO_DEEP = "too many levels"
TOO_MANY = "too many entries"
"""What our own reader adds to what PyYAML finds."""

_QUOTE = "put the whole text into quotation marks"
_UNCLOSED = "a quotation mark begins here and is not closed; close it at the end of the text"
_BACKSLASH = "a backslash stands here; double it, or use single quotation marks"
_BLOCK = "after '>' or '|' nothing else can stand; write the text below it, indented"
_TAG = "a word that begins with '!' cannot stand here; take it out, or put it in quotation marks"
_DIRECTIVE = "a line that begins with '%' cannot stand here; take it out"

_WORDS = (
    ("character '\\t'", "a tab stands here; indent with spaces, two for each level"),
    ("cannot start any token", f"a text cannot begin with this character; {_QUOTE}"),
    ("mapping values", f"a colon cannot stand here; {_QUOTE}, or check the indentation"),
    ("',' or ']'", "the '[' of line {begin} is not closed; write ',' or ']' here"),
    ("',' or '}'", "the '{{' of line {begin} is not closed; write ',' or '}}' here"),
    ("expected ':'", "a colon is missing after the name; write 'name: value'"),
    ("<block end>", "the indentation does not fit; begin in the same column as the lines above"),
    ("sequence entries", "a list cannot begin here; write each '- entry' on a line of its own"),
    ("mapping keys", f"a '?' cannot stand here; {_QUOTE}"),
    ("a quoted scalar", _UNCLOSED),
    ("a double-quoted scalar", _BACKSLASH),
    ("a block scalar", _BLOCK),
    ("directive", _DIRECTIVE),
    ("YAML document", _DIRECTIVE),
    ("a tag", _TAG),
    ("tag handle", _TAG),
    ("scanning an a", f"a text cannot begin with '&' or '*'; {_QUOTE}"),
    ("duplicate anchor", "the same name with '&' stands here twice; take it out"),
    ("another document", "a second pathway begins here; take '---' out and use a file for each"),
    ("<document start>", "this line does not belong to what stands above; check its indentation"),
    ("the node content", f"a value is missing here, or there is a character too many; {_QUOTE}"),
    (TOO_DEEP, "this is nested too deeply; check the brackets and the indentation"),
    (TOO_MANY, "from here on there is too much for one pathway; divide it into several files"),
)
"""What we say, by a piece of what PyYAML says. The first that fits is taken."""

_OTHERWISE = "this is no YAML; check indentation, colons and quotation marks"
_WHERE_IT_BEGINS = "a quoted scalar"
"""PyYAML names the end of the file, which does not help."""


def sentence_about(error: yaml.MarkedYAMLError) -> str:
    """Return what is wrong and what to write instead."""
    said = _said(error)
    found = next((words for piece, words in _WORDS if piece in said), _OTHERWISE)
    begin = error.context_mark.line + 1 if error.context_mark else 1
    return found.format(begin=begin)


def mark_of(error: yaml.MarkedYAMLError) -> Any:
    """Return the mark (PyYAML's own) at which the file is to be mended; None if there is none."""
    marks = (error.problem_mark, error.context_mark)
    if _WHERE_IT_BEGINS in _said(error):
        marks = (error.context_mark, error.problem_mark)
    return marks[0] or marks[1]


def shown(text: object) -> str:
    """Return what somebody wrote so that it fits into a line: short, and nothing unprintable."""
    written = str(text)
    return printable(written if len(written) <= LONGEST else f"{written[:LONGEST]}…")


def printable(text: str) -> str:
    """Return the text in one line that every terminal takes."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in re.sub(r"\s+", " ", text)
    )


def _said(error: yaml.MarkedYAMLError) -> str:
    return f"{error.context} {error.problem}"
