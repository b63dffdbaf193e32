"""What is wrong with a pathway file, said to the person who wrote it."""

from dataclasses import dataclass

from service.pathways.plain_yaml import Place

MOST_FAULTS = 100
"""So many faults of a file are named; whoever has more begins with these."""


@dataclass(frozen=True)
class Fault:
    """One fault: where it stands (None: the file could not be read), and what to do.

    ``field`` names the way to it; empty: the text itself.
    """

    file: str
    place: Place | None
    field: str
    sentence: str

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
    more = f"{len(in_order) - MOST_FAULTS} more faults from here on; mend those above first"
    return [*in_order[:MOST_FAULTS], Fault(last.file, last.place, "", more)]


def _place(fault: Fault) -> tuple[int, int]:
    return (fault.place.line, fault.place.column) if fault.place else (0, 0)
