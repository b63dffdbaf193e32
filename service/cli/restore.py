"""`nahtlos restore`."""

from pathlib import Path
from typing import Annotated

import typer

from service.cli.options import Data
from service.cli.run import run_async
from service.failure import Failure


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(restore)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `nahtlos backup` wrote.")],
    data: Data = None,
) -> None:
    """Bring a backup back, into an empty data directory or the empty servers of the settings."""
    from service.backup.archive import opened
    from service.backup.directory import restore_into_directory
    from service.backup.restoring import refuse_newer
    from service.backup.restoring import restore as restore_into_servers
    from service.cli.bars import StepBars
    from service.engine.engine import EngineUnavailable
    from service.settings import Settings

    settings = Settings()
    directory = data or settings.data
    servers_are_named = settings.database_url and settings.temporal_address
    with opened(file) as backup, StepBars() as bars:
        refuse_newer(backup)
        size = backup.manifest.dump_bytes
        backup.check(lambda done: bars.report("Checksum", done, size))
        try:
            if servers_are_named:
                started = run_async(restore_into_servers(settings, backup, bars.report))
                next_step = "start `nahtlos worker` and `nahtlos web`"
            else:
                started = restore_into_directory(directory, settings, backup, bars.report, bars.say)
                next_step = f"start it with `nahtlos up --data {directory}`"
        except EngineUnavailable:
            raise Failure(
                "The data are there, but the engine does not answer any more: run "
                f"{'`nahtlos engine rebuild`' if servers_are_named else 'the restore again'}."
            ) from None
        taken_at = f"{backup.manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC"
    typer.echo(f"Restored as of {taken_at}, cases and referrals under way: {started}; {next_step}.")
