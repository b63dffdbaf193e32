"""Finding what a cell names, and saying what else could have been meant."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from service.takeover.lists.values import plain

Thing = TypeVar("Thing")

MOST = 6
SIMILAR = 0.6
QUOTES = {"de": ("„", "“"), "en": ("“", "”")}


def find(typed: str, things: Mapping[str, Thing]) -> Thing | None:
    """Return the thing of that name; case, umlauts and blanks do not count."""
    wanted = plain(typed)
    return next((thing for name, thing in things.items() if plain(name) == wanted), None)


def similar(typed: str, names: Sequence[str], language: str, also: Iterable[str] = ()) -> str:
    """Return the names that come nearest; where none does, the first few.

    ``also`` holds names that count as well, such as those in the other language.
    """
    spelled = {plain(name): name for name in (*names, *also)}
    close = get_close_matches(plain(typed), spelled, n=3, cutoff=SIMILAR)
    return quoted([spelled[one] for one in close] or names, language)


def quoted(names: Sequence[str], language: str) -> str:
    """Return the names in quotation marks, not too many of them."""
    opening, closing = QUOTES[language]
    shown = ", ".join(f"{opening}{name}{closing}" for name in names[:MOST])
    return f"{shown}, …" if len(names) > MOST else shown or "–"  # noqa: RUF001 - a dash is meant
