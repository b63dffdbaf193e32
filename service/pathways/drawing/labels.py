"""The texts at a station, in lines that fit beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.pathways.drawing.stops import Stop
from service.pathways.drawing.wrapping import width_of, wrapped

BATON_PADDING = 8


@dataclass(frozen=True)
class Font:
    """Size of the letters and distance of the lines, in pixels. As in ``map.css``."""

    size: int
    height: int


FONTS = {
    "area": Font(14, 19),
    "name": Font(16, 21),
    "about": Font(14, 19),
    "opening": Font(14, 19),
    "baton": Font(14, 20),
    "gap": Font(14, 20),
}


@dataclass(frozen=True)
class Label:
    """One text, whole and in lines. ``kind`` is one of the fonts."""

    kind: str
    text: str
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Pixels."""
        return FONTS[self.kind].height * len(self.lines)

    @property
    def width(self) -> float:
        """Pixels, rather too many."""
        return max(width_of(line, FONTS[self.kind].size) for line in self.lines)


def labels_below(stop: Stop, width: float, language: str) -> list[Label]:
    """Return what stands below the line: legal area, name, state."""
    texts = (("area", stop.area), ("name", stop.name), ("about", stop.about))
    return list(_labels(texts, width, language))


def label_above(stop: Stop, width: float, language: str) -> Label | None:
    """Return what stands above the line: whose turn it is, or what the station waits for."""
    if stop.baton:
        return next(_labels([("baton", stop.baton)], width - 2 * BATON_PADDING, language))
    return next(_labels([("opening", stop.opening)], width, language), None)


def gap_label(stop: Stop) -> Label | None:
    """Return the length of a gap, which stands in the line."""
    return Label("gap", stop.gap, (stop.gap,)) if stop.gap else None


def _labels(texts: Sequence[tuple[str, str]], width: float, language: str) -> Iterator[Label]:
    for kind, text in texts:
        if text:
            yield Label(kind, text, wrapped(text, width, FONTS[kind].size, language))
