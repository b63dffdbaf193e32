"""One run: every measurement on one stage."""

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path

from tests.bench import accept, idle, lists, loop, timers
from tests.bench.figures import Figure, NotMeasured
from tests.bench.sizes import Sizes
from tests.bench.stage import Stage, running_stage

Measurement = Callable[[Stage, Sizes], Awaitable[list[Figure]]]

MEASUREMENTS: Mapping[str, Measurement] = {
    "loop": loop.measure,
    "accept": accept.measure_alone,
    "sixteen": accept.measure_at_once,
    "timers": timers.measure,
    "idle": idle.measure,
    "lists": lists.measure,
}


async def measure_all(
    directory: Path, sizes: Sizes, names: Iterable[str], say: Callable[[str], None]
) -> tuple[list[Figure], bool]:
    """Carry out the measurements of these names, one after the other, in one run.

    One that could not be made is said, and stops only itself: then the answer is not complete.
    """
    figures: list[Figure] = []
    is_complete = True
    async with running_stage(directory) as stage:
        for name in names:
            started = time.perf_counter()
            try:
                figures += await MEASUREMENTS[name](stage, sizes)
            except NotMeasured as trouble:
                say(f"{name}: not measured: {trouble}")
                is_complete = False
                continue
            say(f"{name}: measured in {time.perf_counter() - started:.0f} s")
    return figures, is_complete
