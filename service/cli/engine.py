"""`nahtlos engine`: the workflows."""

import typer
from rich.console import Console
from rich.progress import Progress

from service.cli.options import Data
from service.cli.run import run_async
from service.failure import Failure


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="The running cases and referrals.", no_args_is_help=True)
    group.callback()(lambda: None)  # keeps `rebuild` a command of its own
    group.command("rebuild")(rebuild)
    app.add_typer(group, name="engine")


def rebuild(data: Data = None) -> None:
    """Start every open case and referral that does not run, from the ledger."""
    from service.bootstrap import container_for
    from service.engine.engine import EngineUnavailable
    from service.engine.restart import start_open_workflows
    from service.stack.runfile import settings_for

    async def start() -> int:
        async with container_for(settings_for(data)) as container:
            with Progress(console=Console(stderr=True)) as bar:
                task = bar.add_task("Cases and referrals", total=None)
                return await start_open_workflows(
                    container.database,
                    container.engine,
                    lambda done, total: bar.update(task, completed=done, total=total),
                )

    try:
        started = run_async(start())
    except EngineUnavailable:
        raise Failure("The engine does not answer: see whether Temporal runs.") from None
    typer.echo(f"started: {started}")
