"""Where lines change lanes: side by side in front of the next column, so that none hides another.

Two may share a track if they lie apart, or if both end in the lane where they meet.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from service.pathways.drawing.lanes import Hop, Place


@dataclass(frozen=True)
class _Bend:
    """A line that leaves its lane for others."""

    place: Place
    lane: int
    ends: frozenset[int]

    @property
    def span(self) -> tuple[int, int]:
        return min(self.lane, *self.ends), max(self.lane, *self.ends)

    @property
    def goes_down(self) -> bool:
        return max(self.ends) > self.lane

    def collides(self, other: "_Bend") -> bool:
        (top, bottom), (other_top, other_bottom) = self.span, other.span
        first, last = max(top, other_top), min(bottom, other_bottom)
        return first < last or (first == last and not self._merges(other, first))

    def _merges(self, other: "_Bend", lane: int) -> bool:
        return lane in self.ends & other.ends and lane not in {self.lane, other.lane}


def tracks_of(hops: Iterable[Hop], lanes: dict[Place, int]) -> dict[Hop, int]:
    """Return the track of each hop that changes lanes, from 0, counted in its own layer."""
    tracks: dict[Hop, int] = {}
    layers: dict[int, list[Hop]] = {}
    for start, end in hops:
        if lanes[start] != lanes[end]:
            layers.setdefault(end.layer, []).append((start, end))
    for bending in layers.values():
        of_place = _assigned(_bends(bending, lanes))
        tracks |= {hop: of_place[hop[0]] for hop in bending}
    return tracks


def _bends(hops: list[Hop], lanes: dict[Place, int]) -> list[_Bend]:
    """Return one for each line, in the order that spares crossings."""
    starts = dict.fromkeys(start for start, _ in hops)
    bends = [
        _Bend(start, lanes[start], frozenset(lanes[end] for begin, end in hops if begin == start))
        for start in starts
    ]
    return sorted(bends, key=lambda bend: -bend.lane if bend.goes_down else bend.lane)


def _assigned(bends: list[_Bend]) -> dict[Place, int]:
    tracks: dict[Place, int] = {}
    for position, bend in enumerate(bends):
        in_the_way = [tracks[other.place] for other in bends[:position] if bend.collides(other)]
        tracks[bend.place] = max(in_the_way, default=-1) + 1
    return tracks
