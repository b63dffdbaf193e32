"""Path data of SVG: lines with right angles and round corners."""

from collections.abc import Sequence

RADIUS = 10

Point = tuple[float, float]


def stroke(points: Sequence[Point]) -> str:
    """Return the path data of a line through these points."""
    first, *corners, last = points
    data = [f"M{_at(first)}"]
    for before, corner, after in zip(points, corners, points[2:], strict=False):
        data.append(
            f"L{_at(_towards(corner, before))}Q{_at(corner)} {_at(_towards(corner, after))}"
        )
    return "".join([*data, f"L{_at(last)}"])


def _towards(corner: Point, other: Point) -> Point:
    """Return the point where the round part of a corner ends."""
    (x, y), (to_x, to_y) = corner, other
    distance = abs(to_x - x) + abs(to_y - y)
    part = min(RADIUS, distance / 2) / distance if distance else 0
    return x + (to_x - x) * part, y + (to_y - y) * part


def _at(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"
