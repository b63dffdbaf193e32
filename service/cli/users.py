"""`nahtlos users`: who has an account."""

import json
import sys
from typing import Annotated

import typer

from service.cli.options import Data
from service.cli.run import run_async
from service.failure import Failure
from workflows.domain.principal import Role


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="Accounts of people.", no_args_is_help=True)
    group.command("list")(list_accounts)
    group.command("add")(add_account)
    app.add_typer(group, name="users")


def list_accounts(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List every account with its role and house."""
    from service.accounts.service import list_users
    from service.agencies.houses import house_keys
    from service.bootstrap import container_for
    from service.stack.runfile import settings_for
    from workflows.domain.principal import Principal

    async def rows() -> list[dict[str, str | None]]:
        async with container_for(settings_for(data)) as container:
            users = await list_users(container.database, Principal.system())
            async with container.database.transaction() as connection:
                houses = await house_keys(connection, Principal.system())
        nowhere: dict[str, str | None] = {"agency": None, "office": None}
        return [
            {"user": user.name, "role": user.role, **houses.get(user.agency_id, nowhere)}
            for user in users
        ]

    found = run_async(rows())
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        typer.echo()
        return
    for row in found:
        typer.echo(f"{row['user']:16} {row['role']:16} {row['agency'] or row['office'] or ''}")


def add_account(
    name: Annotated[str, typer.Argument(help="Name to sign in with.")],
    role: Annotated[Role, typer.Option(help="What the person does.")],
    display_name: Annotated[str, typer.Option(help="Name that others see.")],
    email: Annotated[str, typer.Option(help="Where mails go.")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="PASSWORD")
    ],
    agency: Annotated[str | None, typer.Option(help="Key of the agency or office.")] = None,
    data: Data = None,
) -> None:
    """Add an account."""
    from sqlalchemy.exc import IntegrityError

    from service.accounts.people import NewUser
    from service.accounts.service import add_user
    from service.agencies.lookup import find_agency
    from service.bootstrap import container_for
    from service.stack.runfile import settings_for
    from workflows.domain.principal import Principal

    async def add() -> None:
        async with container_for(settings_for(data)) as container:
            house = None
            if agency:
                async with container.database.transaction() as connection:
                    house = await find_agency(connection, Principal.system(), agency)
                if house is None:
                    raise Failure(f"There is no agency '{agency}': see GET /api/v1/agencies.")
            new = NewUser(name, display_name, role, house.id if house else None, password, email)
            try:
                await add_user(container.database, Principal.system(), container.clock.now(), new)
            except IntegrityError:
                raise Failure(f"'{name}' cannot be added: take another name or role.") from None

    if role is Role.SYSTEM:
        raise Failure("The role 'system' belongs to Nahtlos itself: choose another one.")
    run_async(add())
