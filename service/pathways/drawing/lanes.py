"""Lanes: which stops stand beside each other, so that lines cross little and run straight.

A line that leaves out a layer holds a place of its own there. One place serves every line that
comes from the same stop.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import mean, median_low

from service.pathways.drawing.layers import Edge

SWEEPS = 4
"""So often the order is improved; on our pathways it has settled by then."""


@dataclass(frozen=True)
class Place:
    """Where a stop stands, or, in a later layer, where its line passes."""

    key: str
    layer: int


Hop = tuple[Place, Place]
"""From one layer to the next."""


def route(edge: Edge, layers: dict[str, int]) -> list[Place]:
    """Return every place that a line from one stop to another comes through."""
    start, end = edge
    passed = range(layers[start], layers[end])
    return [*(Place(start, layer) for layer in passed), Place(end, layers[end])]


def lanes_of(layers: dict[str, int], edges: Sequence[Edge]) -> dict[Place, int]:
    """Return the lane of each place, from 0 at the top."""
    routes = [route(edge, layers) for edge in edges]
    hops = list(dict.fromkeys(hop for one in routes for hop in pairwise(one)))
    places = list(
        dict.fromkeys(
            [Place(*item) for item in layers.items()] + [p for one in routes for p in one]
        )
    )
    rows = [
        [place for place in places if place.layer == layer]
        for layer in range(max(layers.values()) + 1)
    ]
    return _straightened(_ordered(rows, hops), hops)


def _ordered(rows: list[list[Place]], hops: list[Hop]) -> list[list[Place]]:
    """Return the rows in an order with few crossings: to and fro, each by its neighbours' mean."""
    before, after = _neighbours(hops), _neighbours([(end, start) for start, end in hops])
    best = rows
    for sweep in range(SWEEPS):
        neighbours, step = (before, 1) if sweep % 2 == 0 else (after, -1)
        turned = rows[::step]
        sorted_rows = turned[:1]
        for row in turned[1:]:
            sorted_rows.append(_by_neighbours(row, sorted_rows[-1], neighbours))
        rows = sorted_rows[::step]
        if _crossings(rows, hops) < _crossings(best, hops):
            best = rows
    return best


def _by_neighbours(
    row: list[Place], beside: list[Place], neighbours: dict[Place, list[Place]]
) -> list[Place]:
    def wish(place: Place) -> float:
        found = neighbours.get(place)
        return mean(beside.index(one) for one in found) if found else row.index(place)

    return sorted(row, key=wish)


def _crossings(rows: list[list[Place]], hops: list[Hop]) -> int:
    at = {place: position for row in rows for position, place in enumerate(row)}
    return sum(
        (at[one[0]] - at[other[0]]) * (at[one[1]] - at[other[1]]) < 0
        for one, other in combinations(hops, 2)
        if one[0].layer == other[0].layer
    )


def _straightened(rows: list[list[Place]], hops: list[Hop]) -> dict[Place, int]:
    """Give each place the lane that its line comes from, or the next free one below."""
    before = _neighbours(hops)
    lanes: dict[Place, int] = {}
    for row in rows:
        free = 0
        for place in row:
            wish = [lanes[one] for one in before.get(place, ())]
            lanes[place] = max(free, median_low(wish) if wish else free)
            free = lanes[place] + 1
    return lanes


def _neighbours(hops: list[Hop]) -> dict[Place, list[Place]]:
    found: dict[Place, list[Place]] = {}
    for start, end in hops:
        found.setdefault(end, []).append(start)
    return found
