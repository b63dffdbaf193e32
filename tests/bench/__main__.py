"""Measures Nahtlos on the embedded servers: ``python -m tests.bench [--small] [--only NAME]``."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.bench.report import print_report
from tests.bench.run import MEASUREMENTS, measure_all
from tests.bench.sizes import FULL, SMALL


def main() -> None:
    """Measure what was asked for and print the table; without all of it, end with a failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="just enough to see that it works")
    parser.add_argument("--only", choices=list(MEASUREMENTS), action="append")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nahtlos-bench-") as directory:
        figures, is_complete = asyncio.run(
            measure_all(
                Path(directory) / "data",
                SMALL if given.small else FULL,
                given.only or list(MEASUREMENTS),
                _say,
            )
        )
    print_report(figures)
    sys.exit(not is_complete)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    main()
