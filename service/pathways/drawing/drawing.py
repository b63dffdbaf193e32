"""The drawing of a path: every line, station and label at its place, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.pathways.drawing.grid import Columns, Rows, rows_of
from service.pathways.drawing.labels import FONTS, Label, gap_label, label_above, labels_below
from service.pathways.drawing.lanes import Hop, Place, lanes_of, route
from service.pathways.drawing.layers import Edge, edges_of, layers_of
from service.pathways.drawing.stops import Stop
from service.pathways.drawing.strokes import Point, stroke
from service.pathways.drawing.tracks import tracks_of

MARK = 13
"""Radius of a station, with its border."""

PASSING = 16
"""Above and below a line that only passes."""

ABOVE, BELOW, ASIDE = 9, 9, 18
"""From a station to the label above it and to those below it; from those to the next row."""

STUB = 18
"""From a station to the words in the gap of its line."""

CAPITAL = 0.69
"""Height of a capital letter, in parts of the font size."""

TRAVELLED = frozenset({"done", "waived"})


@dataclass(frozen=True)
class Line:
    """What leaves a station, in the colour of its legal area. ``state``: done, ahead, waiting."""

    number: int
    state: str
    data: str


@dataclass(frozen=True)
class PlacedLabel:
    """A label, with its upper left corner."""

    label: Label
    x: float
    top: float

    @property
    def lines(self) -> list[tuple[float, str]]:
        """Each line with its base line."""
        font = FONTS[self.label.kind]
        first = self.top + (font.height + CAPITAL * font.size) / 2
        return [
            (round(first + font.height * number, 1), line)
            for number, line in enumerate(self.label.lines)
        ]


@dataclass(frozen=True)
class Station:
    """A stop at its place (the middle of its mark)."""

    stop: Stop
    x: float
    y: float
    below: list[PlacedLabel]
    above: PlacedLabel | None
    gap: PlacedLabel | None
    is_joined: bool
    """Several lines end here, and all of them have to."""
    is_last: bool
    end: float
    """Where its column ends."""


@dataclass(frozen=True)
class Drawing:
    """All of it. ``turns`` is where lines leave a band for the next."""

    width: float
    height: float
    lines: list[Line]
    stations: list[Station]
    turns: list[Point]


class _Plan:
    """The drawing while it is made."""

    def __init__(self, stops: Sequence[Stop], language: str) -> None:
        self._stops = stops
        self._language = language
        self._edges = edges_of(stops)
        self._layers = layers_of(stops, self._edges)
        self._lanes = lanes_of(self._layers, self._edges)
        self._hops = self._all_hops()
        self._tracks = tracks_of(self._hops, self._lanes)
        tracks = max(self._tracks.values(), default=-1) + 1
        self._columns = Columns(max(self._layers.values()) + 1, tracks)
        self._rows: Rows = rows_of(self._lanes, self._hops, self._columns, self._extent)

    def drawn(self) -> Drawing:
        """Return what was planned."""
        return Drawing(
            self._columns.width,
            self._rows.height,
            # What has happened lies above what may come.
            sorted(
                (self._line(stop) for stop in self._stops),
                key=lambda line: ("waiting", "ahead", "done").index(line.state),
            ),
            [self._station(stop) for stop in self._stops],
            self._turns(),
        )

    def _all_hops(self) -> list[Hop]:
        found: dict[Hop, None] = {}
        for edge in self._edges:
            places = route(edge, self._layers)
            found |= dict.fromkeys(pairwise(places))
        return list(found)

    def _extent(self, place: Place) -> tuple[float, float]:
        stop = next(stop for stop in self._stops if stop.key == place.key)
        if place.layer != self._layers[place.key]:
            return PASSING, PASSING
        above, below = self._above(stop), self._below(stop)
        return (
            MARK + (ABOVE + above.height if above else 0) + ABOVE,
            MARK + BELOW + sum(label.height for label in below) + ASIDE,
        )

    def _above(self, stop: Stop) -> Label | None:
        return label_above(stop, self._columns.room, self._language)

    def _below(self, stop: Stop) -> list[Label]:
        return labels_below(stop, self._columns.room, self._language)

    def _middle(self, place: Place, band: int | None = None) -> float:
        here = self._columns.band(place.layer) if band is None else band
        return self._rows.middles[here, self._lanes[place]]

    def _at(self, stop: Stop) -> Point:
        layer = self._layers[stop.key]
        return self._columns.left(layer) + MARK, self._middle(Place(stop.key, layer))

    def _station(self, stop: Stop) -> Station:
        x, y = self._at(stop)
        left, end = x - MARK, x - MARK + self._columns.room
        below: list[PlacedLabel] = []
        bottom = y + MARK + BELOW
        for label in self._below(stop):
            below.append(PlacedLabel(label, left, bottom))
            bottom += label.height
        above, gap = self._above(stop), gap_label(stop)
        return Station(
            stop,
            x,
            y,
            below,
            PlacedLabel(above, left, y - MARK - ABOVE - above.height) if above else None,
            PlacedLabel(gap, x + MARK + STUB, y - gap.height / 2) if gap else None,
            stop.needs_all and len(stop.after) > 1,
            all(earlier != stop.key for earlier, _ in self._edges),
            end,
        )

    def _line(self, stop: Stop) -> Line:
        state = "done" if stop.status in TRAVELLED else stop.status
        x, y = self._at(stop)
        strokes = [
            part for edge in self._edges if edge[0] == stop.key for part in self._strokes(edge)
        ] or [[(x + MARK, y), (x - MARK + self._columns.room, y)]]
        return Line(
            stop.line,
            state if state in {"done", "waiting"} else "ahead",
            "".join(stroke(points) for points in strokes),
        )

    def _strokes(self, edge: Edge) -> list[list[Point]]:
        """Return the line from one station to another: in each band that it passes, its points."""
        columns, places = self._columns, route(edge, self._layers)
        points: list[Point] = [(columns.left(places[0].layer) + 2 * MARK, self._middle(places[0]))]
        parts = [points]
        for start, end in pairwise(places):
            band = columns.band(end.layer)
            if band != columns.band(start.layer):
                points.append((columns.width, self._middle(start)))
                points = [(0, self._middle(start, band))]
                parts.append(points)
            if (start, end) in self._tracks:
                bend = columns.track(end.layer, self._tracks[start, end])
                points += [(bend, self._middle(start, band)), (bend, self._middle(end))]
        points.append((columns.left(places[-1].layer), self._middle(places[-1])))
        return parts

    def _turns(self) -> list[Point]:
        leaving = {
            start
            for start, end in self._hops
            if self._columns.band(start.layer) != self._columns.band(end.layer)
        }
        return sorted((self._columns.width, self._middle(place)) for place in leaving)


def draw(stops: Sequence[Stop], language: str) -> Drawing:
    """Return the drawing of these stops, with labels hyphenated as in that language."""
    return _Plan(stops, language).drawn()
