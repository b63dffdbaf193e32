"""`nahtlos migrate`."""

import typer

from service.cli.options import Data


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(migrate)


def migrate(data: Data = None) -> None:
    """Bring the tables up to date."""
    from service.stack.runfile import settings_for

    settings = settings_for(data)
    from service import migrate
    from service.clock import SystemClock
    from service.logs.setup import set_up_logs

    set_up_logs(SystemClock(), settings.log_format)
    migrate.run(settings)
