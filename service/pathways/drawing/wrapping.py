"""Breaking labels into lines: SVG text does not wrap by itself."""

from functools import lru_cache

from pyphen import Pyphen

WIDTHS = {
    0.3: " !',.:;·",
    0.35: "Iijl()[]|ÌÍÎÏìíîïıł",
    0.45: 'frt"*-',
    0.5: "čćçsšśzžż",
    0.55: "1357?Fc",
    0.6: "aegkvxyELTZ+/2<=>_§àáâãäåèéêëÿýăąęğŁŽ",
    0.7: "BGKRßĞ",
    0.75: "DHNOQUwÄÖÜÐÑÒÓÔØÙÚÛ",
    0.9: "&MWm",
    0.95: "%æÆ",
    1.1: "@Œœ—…",
}
"""Letters of Fira Sans, semi-bold, by their width in parts of the font size, rounded up."""

OF_LETTER = {letter: width for width, letters in WIDTHS.items() for letter in letters}
OTHER_LATIN, OTHER_SCRIPT = 0.65, 0.8
LAST_LATIN = "\u024f"
DICTIONARIES = {"de": "de_DE", "en": "en_GB"}


def width_of(text: str, size: float) -> float:
    """Return the width of a text in pixels, rather too much than too little."""
    return size * sum(
        OF_LETTER.get(letter, OTHER_LATIN if letter <= LAST_LATIN else OTHER_SCRIPT)
        for letter in text
    )


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, size: float, language: str) -> tuple[str, ...]:
    """Return the lines of a text. A word that is wider than a line is hyphenated."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size) <= width:
            lines[-1] = joined
            continue
        *heads, tail = _pieces(word, width, size, language)
        lines += [*heads, tail]
    return tuple(lines)


def _pieces(word: str, width: float, size: float, language: str) -> list[str]:
    pieces: list[str] = []
    while len(word) > 1 and width_of(word, size) > width:
        head, word = _split(word, width, size, language)
        pieces.append(head)
    return [*pieces, word]


def _split(word: str, width: float, size: float, language: str) -> tuple[str, str]:
    """Split at the last hyphen that fits, one of its own or a new one; else where the line ends."""
    own = [(word[: at + 1], word[at + 1 :]) for at, letter in enumerate(word[:-1]) if letter == "-"]
    new = [
        (f"{head}-", tail)
        for head, tail in _hyphens(language).iterate(word)
        if not head.endswith("-") and not tail.startswith("-")
    ]
    anywhere = [(word[:at], word[at:]) for at in range(1, len(word))]
    for splits in (own + new, anywhere):
        if fitting := [split for split in splits if width_of(split[0], size) <= width]:
            return max(fitting, key=lambda split: len(split[0]))
    return word[:1], word[1:]


@lru_cache
def _hyphens(language: str) -> Pyphen:
    """Return the rules of a language. Reading them takes a moment, the first time."""
    return Pyphen(lang=DICTIONARIES[language])
