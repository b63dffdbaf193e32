"""How often a test tried what it is asked to try often."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Acts:
    """How many acts were tried."""

    tried: int = 0

    def report(self, record_property: Callable[[str, object], None], name: str) -> None:
        """Say it in the test's report."""
        record_property(name, self.tried)
        print(f"{name}: {self.tried}")  # noqa: T201 - the count is what the test is asked for
