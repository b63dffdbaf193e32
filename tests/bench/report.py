"""The table at the end."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from tests.bench.figures import Figure


def print_report(figures: Iterable[Figure]) -> None:
    """Print every figure with its median, spread, goal and verdict."""
    table = Table(title="Nahtlos, measured within one run")
    for heading, side in (
        ("what", "left"),
        ("median", "right"),
        ("from", "right"),
        ("to", "right"),
        ("n", "right"),
        ("goal", "left"),
        ("verdict", "left"),
    ):
        table.add_column(heading, justify=side)  # type: ignore[arg-type]
    for figure in figures:
        table.add_row(
            figure.name,
            _number(figure.middle, figure.unit),
            _number(min(figure.samples), ""),
            _number(max(figure.samples), ""),
            str(len(figure.samples)),
            figure.goal,
            figure.verdict,
        )
    Console(width=120).print(table)


def _number(value: float, unit: str) -> str:
    return f"{value:.3g} {unit}".rstrip() if abs(value) < 1000 else f"{value:,.0f} {unit}".rstrip()
