"""The grid that stations stand in: columns of equal width, rows as high as their labels.

Where a path has more layers than fit on a page, it goes on in a band below, like lines of a text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from service.pathways.drawing.lanes import Hop, Place

WIDEST = 1104
COLUMN = 190
MOST_COLUMNS = 6
BETWEEN_BANDS = 16
TRACK = 10
GUTTER = 28
"""Room for lines that change lanes in front of a column, and what each further track adds."""


@dataclass(frozen=True)
class Columns:
    """Where columns are: all of the same width, in one band or several."""

    layers: int
    tracks: int

    @property
    def in_a_band(self) -> int:
        """How many; as equal in each band as may be."""
        bands = ceil(self.layers / MOST_COLUMNS)
        return ceil(self.layers / bands)

    @property
    def gutter(self) -> float:
        """Pixels in front of a column that lines change lanes in."""
        return GUTTER + TRACK * max(0, self.tracks - 1)

    @property
    def margin(self) -> float:
        """Where the first column begins: lines come from the band above."""
        return self.gutter if self.in_a_band < self.layers else 0

    @property
    def step(self) -> float:
        """From one column to the next."""
        return min(COLUMN, (WIDEST + self.unused - self.margin) // self.in_a_band)

    @property
    def width(self) -> float:
        """Of the whole drawing."""
        return self.margin + self.step * self.in_a_band - self.unused

    @property
    def unused(self) -> float:
        """The gutter behind the last column: only lines that go on below need it."""
        return self.gutter if self.in_a_band == self.layers else 0

    @property
    def room(self) -> float:
        """For a station and its labels."""
        return self.step - self.gutter

    def band(self, layer: int) -> int:
        """Return the number of the band, from 0 at the top."""
        return layer // self.in_a_band

    def left(self, layer: int) -> float:
        """Return where the column begins."""
        return self.margin + self.step * (layer % self.in_a_band)

    def track(self, layer: int, number: int) -> float:
        """Return where a line changes lanes in front of the column."""
        return self.left(layer) - self.gutter + TRACK * (number + 1)


@dataclass(frozen=True)
class Rows:
    """How high the rows are: by band and lane, the middle of each."""

    middles: dict[tuple[int, int], float]
    height: float


Extent = Callable[[Place], tuple[float, float]]
"""How many pixels something needs above and below its middle."""


def rows_of(lanes: dict[Place, int], hops: list[Hop], columns: Columns, extent: Extent) -> Rows:
    """Return the rows, so high that nothing reaches into the next."""
    needs: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for place, lane in lanes.items():
        needs.setdefault((columns.band(place.layer), lane), []).append(extent(place))
    passing = (0.0, 0.0)
    for start, end in hops:  # coming in from the band above
        needs.setdefault((columns.band(end.layer), lanes[start]), []).append(passing)
    middles: dict[tuple[int, int], float] = {}
    y, band = 0.0, 0
    for row in sorted(needs):
        y += BETWEEN_BANDS * (row[0] - band)
        band = row[0]
        above, below = (max(sides) for sides in zip(*needs[row], strict=True))
        middles[row] = y + above
        y += above + below
    return Rows(middles, y)
