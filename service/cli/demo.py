"""`nahtlos demo`."""

from typing import TYPE_CHECKING

import typer

from service.cli.options import Data
from service.failure import Failure

if TYPE_CHECKING:
    from service.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(demo)


def demo(data: Data = None) -> None:
    """Fill Nahtlos with a small world to try it in. A second time changes nothing."""
    from service.cli.run import run_async
    from service.pathways.repository import VersionTaken
    from service.stack.runfile import settings_for

    try:
        run_async(_load(settings_for(data)))
    except VersionTaken as taken:
        raise Failure(str(taken)) from None


async def _load(settings: "Settings") -> None:
    from rich.console import Console
    from rich.progress import Progress

    from service.bootstrap import container_for
    from service.startdata.load import parts

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Demo", total=len(parts()))
        async with container_for(settings) as container:
            for part in parts():
                progress.update(task, description=part.title)
                await part.load(container)
                progress.advance(task)
        progress.update(task, description="Demo is there")
