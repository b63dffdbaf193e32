"""Breaks the rules of the domain one by one and lets its tests notice: ``make mutants``.

Without names everything is broken anew; with names, or patterns such as
``workflows.domain.clocks.*``, only those mutants are tried again. ``SURVIVORS.md`` beside the
domain's tests says why the ones that nobody notices are left.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

WORK = Path("mutants")
"""Where the tool keeps the broken rules and what it found. Git does not see it."""

NOTICED = {"killed", "timeout"}
"""A test fails or, twice, never ends."""


def main() -> None:
    """Break what was asked for; then say which share was noticed, and show the rest."""
    parser = argparse.ArgumentParser(prog="make mutants ARGS=…", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these mutants")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="so many at once")
    given = parser.parse_args()
    if not given.names:
        shutil.rmtree(WORK, ignore_errors=True)
    run = ("run", "--max-children", str(given.jobs))
    _mutmut(*run, *given.names)
    if late := [name for name, state in _results().items() if state == "timeout"]:
        _say("Those that took too long once more: the machine may have been busy or asleep.")
        _mutmut(*run, *late)
    _report(_results())


def _report(results: dict[str, str]) -> None:
    left = {name: state for name, state in results.items() if state not in NOTICED}
    for name, state in sorted(left.items()):
        _say(f"\n{name}: {state}")
        shown = _mutmut("show", name, quiet=True).splitlines()
        marks = ("+", "-")
        for line in shown:
            if line.startswith(marks) and line[:3] not in {"+++", "---"}:
                _say(line)
    counts = ", ".join(f"{count} {state}" for state, count in Counter(results.values()).items())
    share = (len(results) - len(left)) / len(results)
    _say(f"\n{len(results)} mutants: {counts}. Noticed: {share:.1%}")


def _results() -> dict[str, str]:
    """Return what came of each mutant that was tried now or before, by its name."""
    lines = _mutmut("results", "--all", "true", quiet=True).splitlines()
    results = dict(line.strip().rsplit(": ", 1) for line in lines if ": " in line)
    results = {name: state for name, state in results.items() if state != "not checked"}
    if not results:
        raise SystemExit("Nothing was broken: see what mutmut says above.")
    return results


def _mutmut(*arguments: str, quiet: bool = False) -> str:
    program = Path(sys.executable).with_name("mutmut")
    done = subprocess.run(
        [program, *arguments],
        check=True,
        text=True,
        env=os.environ | {"NAHTLOS_TEST_COUNTS": "few"},
        stdout=subprocess.PIPE if quiet else None,
    )
    return done.stdout or ""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
