"""`nahtlos worker` and `nahtlos web`: the two processes of the service."""

from typing import Annotated

import typer

from service.cli.options import Data


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(worker)
    app.command()(web)


def worker(data: Data = None) -> None:
    """Run a worker until it is stopped."""
    from service.stack.runfile import settings_for

    settings = settings_for(data)
    from service import worker

    worker.run(settings)


def web(
    data: Data = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the pages.")] = 8000,
    host: Annotated[str, typer.Option(help="Address of this machine to serve at.")] = "127.0.0.1",
) -> None:
    """Run the web server until it is stopped."""
    from service.stack.runfile import settings_for

    settings = settings_for(data)
    from service.web import serve

    serve.run(settings, port, host)
