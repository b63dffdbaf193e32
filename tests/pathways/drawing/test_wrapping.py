"""Labels break into lines that fit."""

import pytest

from service.pathways.drawing.wrapping import width_of, wrapped

SIZE = 16


def lines(text: str, width: float = 150, language: str = "de") -> tuple[str, ...]:
    """Return the lines of a text."""
    return wrapped(text, width, SIZE, language)


def test_words_stay_whole_where_they_fit() -> None:
    assert lines("Zuweisung eines Schulplatzes") == ("Zuweisung eines", "Schulplatzes")


def test_a_long_word_is_hyphenated_by_the_rules_of_its_language() -> None:
    assert lines("Grundsicherungsangelegenheiten") == ("Grundsicherungs-", "angelegenheiten")
    assert lines("naturalisation", 90, "en")[0] in {"naturalisa-", "natural-", "natur-"}


def test_a_hyphen_that_is_there_already_is_not_doubled() -> None:
    assert lines("Wojciechowska-Lukaszewiczowa") == ("Wojciechowska-", "Lukaszewiczowa")


@pytest.mark.parametrize(
    "text",
    [
        "Ausländerbehörde des Kreises Paderborn, Außenstelle Büren-Salzkotten",
        "م" * 60,
        "W" * 60,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ],
)
def test_nothing_is_wider_than_its_line_and_nothing_is_lost(text: str) -> None:
    found = lines(text)
    assert all(width_of(line, SIZE) <= 150 for line in found)
    bare = text.replace(" ", "").replace("-", "")
    assert "".join(found).replace(" ", "").replace("-", "") == bare


def test_a_letter_wider_than_the_line_still_ends() -> None:
    assert lines("WW", 5) == ("W", "W")
