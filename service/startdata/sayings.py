"""What people of the demo write beside what they do."""

from functools import cache
from random import Random

from service.startdata.reading import read_file

OFTEN = 0.35
"""How many of those who need not write anything write something all the same."""

MUST_EXPLAIN = frozenset(
    {
        *{"reject", "redirect", "fail", "cancel", "hold", "move-deadline", "dispute", "progress"},
        *{"ask", "answer", "confer", "again", "passed-on", "agreed"},
        *{"waive", "transfer", "close", "reopen"},
    }
)


def say(dice: Random, action: str, about: str) -> str | None:
    """Return a note on an action about a step or a reason, or None."""
    by_subject = _sayings().get(action, {})
    fitting = by_subject.get(about, by_subject.get("any"))
    if not fitting or (action not in MUST_EXPLAIN and dice.random() > OFTEN):
        return None
    return dice.choice(fitting)


@cache
def _sayings() -> dict[str, dict[str, list[str]]]:
    sayings: dict[str, dict[str, list[str]]] = read_file("sayings.yaml")
    return sayings
