"""`nahtlos token`: bearer tokens for programs."""

from typing import Annotated

import typer

from service.cli.options import Data
from service.cli.run import run_async
from service.failure import Failure


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="Bearer tokens for programs.", no_args_is_help=True)
    group.callback()(lambda: None)  # keeps `create` a command of its own
    group.command("create")(create)
    app.add_typer(group, name="token")


def create(
    user: Annotated[str, typer.Option(help="Whom the program acts for.")], data: Data = None
) -> None:
    """Print a new token and nothing else. It cannot be shown again."""
    from service.accounts.service import UnknownUserError, create_token
    from service.bootstrap import container_for
    from service.stack.runfile import settings_for
    from workflows.domain.principal import Principal

    async def new_token() -> str:
        async with container_for(settings_for(data)) as container:
            now = container.clock.now()
            try:
                return await create_token(container.database, Principal.system(), now, user)
            except UnknownUserError:
                raise Failure(f"There is no user '{user}': see `nahtlos users list`.") from None

    typer.echo(run_async(new_token()))
