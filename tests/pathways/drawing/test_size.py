"""Drawing costs little: time and bytes."""

from collections.abc import Callable
from time import perf_counter

from service.pathways.files import read_pathway, shipped_files
from tests.pathways.drawing.sheets import under_way, waiting
from tests.pathways.drawing.stations import twelve_steps

MILLISECONDS = 20
KILOBYTES = 30
TRIES = 25


def test_the_largest_pathway_is_drawn_fast_and_small(
    record_property: Callable[[str, object], None],
) -> None:
    shipped = [read_pathway(file) for file in shipped_files()]
    largest = max([*shipped, twelve_steps()], key=lambda pathway: len(pathway.steps))
    sizes = [len(picture(largest).encode()) / 1000 for picture in (waiting, under_way)]
    took = min(_milliseconds(lambda: waiting(largest)) for _ in range(TRIES))
    report = (
        f"{len(largest.steps)} steps: {took:.1f} ms, {sizes[0]:.1f} kB, {sizes[1]:.1f} kB under way"
    )
    record_property("metro map", report)
    print(report)  # noqa: T201 - the figures are what the test is asked for
    assert took < MILLISECONDS
    assert max(sizes) < KILOBYTES


def _milliseconds(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000
