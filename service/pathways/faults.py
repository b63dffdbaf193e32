"""What is wrong with a pathway file, said to the person who wrote it."""

from collections.abc import Callable
from dataclasses import dataclass

from service.pathways.plain_yaml import Place
from service.pathways.sentences import Sentence, plural
from service.web.i18n import Translator, _

MOST_FAULTS = 100
"""So many faults of a file are named; whoever has more begins with these."""


@dataclass(frozen=True)
class Fault:
    """One fault: where it stands (None: the file could not be read), and what to do.

    ``way`` leads to the field: names, and numbers of entries in lists; empty: the text itself.
    """

    file: str
    place: Place | None
    way: tuple[str | int, ...]
    sentence: Sentence

    @property
    def field(self) -> str:
        """Return the way to the field in English."""
        return _joined(self.way, lambda number: str(_numbered(number)))

    def field_said(self, t: Translator) -> str:
        """Return the way to the field in the translator's language."""
        return _joined(self.way, lambda number: _numbered(number).said(t))

    def said(self, t: Translator) -> str:
        """Return it in the translator's language, without its place."""
        field, sentence = self.field_said(t), self.sentence.said(t)
        return f"{field}: {sentence}" if field else sentence

    def __str__(self) -> str:
        """Return it as one line, which begins as editors and terminals know places."""
        place = f":{self.place.line}:{self.place.column}" if self.place else ""
        said = f"{self.field}: {self.sentence}" if self.field else self.sentence
        return f"{self.file}{place}: {said}"


class FaultyPathways(Exception):
    """Pathway files have faults."""

    def __init__(self, faults: list[Fault]) -> None:
        """Take them all."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def first_of(faults: list[Fault]) -> list[Fault]:
    """Return the faults of one file by their place, not more than anybody reads."""
    in_order = sorted(faults, key=_place)
    if len(in_order) <= MOST_FAULTS:
        return in_order
    last = in_order[MOST_FAULTS]
    more = plural(
        "one more fault from here on; mend those above first",
        "%(num)s more faults from here on; mend those above first",
        len(in_order) - MOST_FAULTS,
    )
    return [*in_order[:MOST_FAULTS], Fault(last.file, last.place, (), more)]


def _joined(way: tuple[str | int, ...], numbered: Callable[[int], str]) -> str:
    return " > ".join(part if isinstance(part, str) else numbered(part) for part in way)


def _numbered(number: int) -> Sentence:
    return Sentence(_("no. %(number)s"), {"number": number})


def _place(fault: Fault) -> tuple[int, int]:
    return (fault.place.line, fault.place.column) if fault.place else (0, 0)
