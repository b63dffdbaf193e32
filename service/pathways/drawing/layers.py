"""Order of time: each stop stands in a layer right of everything that it comes after."""

from collections.abc import Sequence
from graphlib import TopologicalSorter

from service.pathways.drawing.stops import Stop

Edge = tuple[str, str]
"""The keys of a stop and of one that comes after it."""


def edges_of(stops: Sequence[Stop]) -> list[Edge]:
    """Return which stop leads to which, without circles.

    Where any one of several opens a stop, another of these may itself come after it. That one
    never opens it: it was opened before.
    """
    reached = _rounds(stops)
    edges = [(earlier, stop.key) for stop in stops for earlier in stop.after]
    below = {stop.key: _below(stop.key, edges) for stop in stops}
    return [
        (earlier, later)
        for earlier, later in edges
        if reached[earlier] < reached[later] or earlier not in below[later]
    ]


def layers_of(stops: Sequence[Stop], edges: Sequence[Edge]) -> dict[str, int]:
    """Return the layer of each stop, from 0: as early as what it comes after allows."""
    sorter: TopologicalSorter[str] = TopologicalSorter({stop.key: () for stop in stops})
    for earlier, later in edges:
        sorter.add(later, earlier)
    sorter.prepare()
    layers: dict[str, int] = {}
    while sorter.is_active():
        ready = sorter.get_ready()
        layers |= dict.fromkeys(ready, max(layers.values(), default=-1) + 1)
        sorter.done(*ready)
    return layers


def _rounds(stops: Sequence[Stop]) -> dict[str, int]:
    """Return how early each stop can begin.

    Steps that began on different versions of a pathway can wait for each other as they are
    written. They did not: then the first of them counts as the one that opens the others.
    """
    rounds: dict[str, int] = {}
    waiting = list(stops)
    while ready := [stop for stop in waiting if _may_begin(stop, rounds)] or waiting[:1]:
        rounds |= dict.fromkeys((stop.key for stop in ready), max(rounds.values(), default=-1) + 1)
        waiting = [stop for stop in waiting if stop not in ready]
    return rounds


def _may_begin(stop: Stop, reached: dict[str, int]) -> bool:
    met = [earlier in reached for earlier in stop.after]
    return not met or (all(met) if stop.needs_all else any(met))


def _below(key: str, edges: Sequence[Edge]) -> set[str]:
    """Return everything that comes after the stop, directly or not."""
    found: set[str] = set()
    ahead = [key]
    while ahead:
        new = {later for earlier, later in edges if earlier in ahead} - found
        found |= new
        ahead = list(new)
    return found
