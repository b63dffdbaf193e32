"""`nahtlos backup`."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import Data
from service.cli.run import run_async


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(backup)


def backup(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|DIR", help="A new file, or a directory for one named after the time."
        ),
    ],
    data: Data = None,
) -> None:
    """Write everything to one file while people work, and print its name."""
    from service.backup.backing_up import back_up
    from service.cli.bars import byte_bars
    from service.clock import SystemClock
    from service.stack.runfile import settings_for

    settings = settings_for(data)
    with byte_bars() as bars:
        task = bars.add_task("Backup", total=None)
        written = run_async(
            back_up(settings, SystemClock(), place, lambda done: bars.update(task, completed=done))
        )
        bars.update(task, total=written.stat().st_size, completed=written.stat().st_size)
    typer.echo(written)
