"""Processes of a stack whose supervisor was killed: they die by themselves, but not at once."""

from pathlib import Path

from service.stack.process import wait_until_ended
from service.stack.runfile import RunFile

DIE_WITHIN = 10.0  # seconds


def end_leftovers(run_file: Path) -> None:
    """Return when no process of the stack that wrote `run_file` is left."""
    last = RunFile.read(run_file)
    if last is None:
        return
    for child in last.children.values():
        wait_until_ended(child.running, DIE_WITHIN)
    run_file.unlink()
