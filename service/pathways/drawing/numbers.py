"""Lines by number: a colour and a hatching for each legal area."""

from collections.abc import Iterable

COLOURS = 8
"""So many lines can be told apart; the ninth legal area begins anew."""


def line_numbers(legal_areas: Iterable[str]) -> dict[str, int]:
    """Return the number of each legal area's line, from 1, in the order in which they come."""
    different = dict.fromkeys(legal_areas)
    return {area: position % COLOURS + 1 for position, area in enumerate(different)}
