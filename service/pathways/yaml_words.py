"""What PyYAML finds wrong, said to the person who wrote the file."""

from typing import Any

import yaml

from service.pathways.sentences import Sentence
from service.web.i18n import _

TOO_DEEP = "too many levels"
TOO_MANY = "too many entries"
"""What our own reader adds to what PyYAML finds."""

_UNCLOSED = _("a quotation mark begins here and is not closed; close it at the end of the text")
_BACKSLASH = _("a backslash stands here; double it, or use single quotation marks")
_BLOCK = _("after '>' or '|' nothing else can stand; write the text below it, indented")
_TAG = _("a word that begins with '!' cannot stand here; take it out, or put it in quotation marks")
_DIRECTIVE = _("a line that begins with '%%' cannot stand here; take it out")

_WORDS = (
    ("character '\\t'", _("a tab stands here; indent with spaces, two for each level")),
    (
        "cannot start any token",
        _("a text cannot begin with this character; put the whole text into quotation marks"),
    ),
    (
        "mapping values",
        _(
            "a colon cannot stand here; put the whole text into quotation marks, "
            "or check the indentation"
        ),
    ),
    ("',' or ']'", _("the '[' of line %(begin)s is not closed; write ',' or ']' here")),
    ("',' or '}'", _("the '{' of line %(begin)s is not closed; write ',' or '}' here")),
    ("expected ':'", _("a colon is missing after the name; write 'name: value'")),
    (
        "<block end>",
        _("the indentation does not fit; begin in the same column as the lines above"),
    ),
    (
        "sequence entries",
        _("a list cannot begin here; write each '- entry' on a line of its own"),
    ),
    (
        "mapping keys",
        _("a '?' cannot stand here; put the whole text into quotation marks"),
    ),
    ("a quoted scalar", _UNCLOSED),
    ("a double-quoted scalar", _BACKSLASH),
    ("a block scalar", _BLOCK),
    ("directive", _DIRECTIVE),
    ("YAML document", _DIRECTIVE),
    ("a tag", _TAG),
    ("tag handle", _TAG),
    (
        "scanning an a",
        _("a text cannot begin with '&' or '*'; put the whole text into quotation marks"),
    ),
    ("duplicate anchor", _("the same name with '&' stands here twice; take it out")),
    (
        "another document",
        _("a second pathway begins here; take '---' out and use a file for each"),
    ),
    (
        "<document start>",
        _("this line does not belong to what stands above; check its indentation"),
    ),
    (
        "the node content",
        _(
            "a value is missing here, or there is a character too many; "
            "put the whole text into quotation marks"
        ),
    ),
    (TOO_DEEP, _("this is nested too deeply; check the brackets and the indentation")),
    (
        TOO_MANY,
        _("from here on there is too much for one pathway; divide it into several files"),
    ),
)
"""What we say, by a piece of what PyYAML says. The first that fits is taken."""

_OTHERWISE = _("this is no YAML; check indentation, colons and quotation marks")
_WHERE_IT_BEGINS = "a quoted scalar"
"""PyYAML names the end of the file, which does not help."""


def sentence_about(error: yaml.MarkedYAMLError) -> Sentence:
    """Return what is wrong and what to write instead."""
    said = _said(error)
    found = next((words for piece, words in _WORDS if piece in said), _OTHERWISE)
    begin = error.context_mark.line + 1 if error.context_mark else 1
    return Sentence(found, {"begin": begin})


def mark_of(error: yaml.MarkedYAMLError) -> Any:
    """Return the mark (PyYAML's own) at which the file is to be mended; None if there is none."""
    marks = (error.problem_mark, error.context_mark)
    if _WHERE_IT_BEGINS in _said(error):
        marks = (error.context_mark, error.problem_mark)
    return marks[0] or marks[1]


def _said(error: yaml.MarkedYAMLError) -> str:
    return f"{error.context} {error.problem}"
