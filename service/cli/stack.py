"""`nahtlos up`."""

from typing import Annotated

import typer

from service.cli.options import Data


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(up)


def up(
    data: Data = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the pages; 0 takes a free one.")
    ] = 8000,
    demo: Annotated[bool, typer.Option(help="Fill an empty Nahtlos with a demo world.")] = True,
) -> None:
    """Start Nahtlos on this machine: database, engine, mail catcher, worker and web."""
    from service.stack.up import up

    up(data, port, demo=demo)
