"""What a measurement says: figures with their median and spread, and a goal where there is one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


class NotMeasured(Exception):
    """A measurement could not be made here; the message says why."""


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    ``samples`` are measured one after the other in the same run, each against its own neighbour
    where it is a ratio. ``goal`` is a bound: at least it, or at most it.
    """

    name: str
    samples: tuple[float, ...]
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    remark: str = ""

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.samples)

    @property
    def is_finite(self) -> bool:
        """Whether something was measured at all."""
        return bool(self.samples) and all(math.isfinite(sample) for sample in self.samples)

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return ""

    @property
    def verdict(self) -> str:
        """Whether the goal is reached, in words."""
        if not self.goal:
            return ""
        reached = (self.at_least is None or self.middle >= self.at_least) and (
            self.at_most is None or self.middle <= self.at_most
        )
        return "reached" if reached else "missed"


def percentile_95(samples: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(samples, n=20, method="inclusive")[-1]


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, ...]:
    """Return ours divided by theirs, neighbour by neighbour."""
    return tuple(one / other for one, other in zip(ours, theirs, strict=True))
