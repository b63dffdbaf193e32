"""Is there room left on the disk?"""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from service.doctor.results import Fault, Result, Well
from service.doctor.subject import Subject

GIB = 1024**3
LEAST = 1 * GIB
SHARE = 0.02
MOST = 10 * GIB


class Space(Protocol):
    """Room on a disk, in bytes."""

    @property
    def total(self) -> int:
        """How large the disk is."""

    @property
    def free(self) -> int:
        """How much of it we may use."""


MeasureSpace = Callable[[Path], Space]


class DiskCheck:
    """Measures the disk that the data directory is on, or would be."""

    name = "disk"

    def __init__(self, subject: Subject, measure: MeasureSpace = shutil.disk_usage) -> None:
        self._subject = subject
        self._measure = measure

    async def run(self) -> Result:
        """Compare what is free with what is needed to be at ease."""
        root = self._subject.data.root
        place = next(path for path in (root, *root.parents) if path.exists())
        space = await asyncio.to_thread(self._measure, place)
        free = f"{space.free / GIB:.1f} GiB of {space.total / GIB:.0f} GiB"
        if space.free < _enough(space.total):
            return Fault(
                f"The disk of {place} is nearly full: {free} are free.",
                "Make room, or move the data directory: a full disk stops the database.",
            )
        return Well(f"{free} are free on the disk of {place}.")


def _enough(total: int) -> float:
    """Return what should be free: a gibibyte, on large disks two percent, at most ten."""
    return max(LEAST, min(total * SHARE, MOST))
