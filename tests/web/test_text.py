"""Text that people and programs send."""

import pytest
from pydantic import TypeAdapter, ValidationError

from service.web.text import LONGEST_LINE, Line, Paragraphs, readable, shortened

line: TypeAdapter[str] = TypeAdapter(Line)
paragraphs: TypeAdapter[str] = TypeAdapter(Paragraphs)


def test_names_and_notes_are_taken_as_they_are() -> None:
    assert line.validate_python("  Şükrü O'Neill-Ähre 李 ") == "Şükrü O'Neill-Ähre 李"
    assert paragraphs.validate_python("a\r\nb\tc\n") == "a\nb\tc"
    assert paragraphs.validate_python("") == ""


@pytest.mark.parametrize(
    "odd", ["", "   ", "a\nb", "a\x00b", "a\x7fb", "a\x85b", "x" * 201, 1, None]
)
def test_a_line_is_one_printable_line(odd: object) -> None:
    with pytest.raises(ValidationError):
        line.validate_python(odd)


@pytest.mark.parametrize("odd", ["a\x00b", "a\x1bb", "a\ud800", "x" * 4001])
def test_paragraphs_hold_no_control_characters(odd: str) -> None:
    with pytest.raises(ValidationError):
        paragraphs.validate_python(odd)


def test_what_is_pasted_keeps_its_breaks_and_loses_what_nobody_sees() -> None:
    assert readable("a\x0bb\tc\x00\x1b\x9f\ud800\r\nd") == "a\nb\tc\r\nd"


def test_a_quotation_is_a_line_at_most() -> None:
    assert shortened("kurz") == "kurz"
    assert len(shortened("x" * 300_000)) == LONGEST_LINE
    assert shortened("x" * 201).endswith("…")
