"""Every command of `nahtlos`; each module of this package adds its own."""

import typer

from service.cli import (
    agencies,
    backup,
    cases,
    database,
    demo,
    doctor,
    engine,
    pathways,
    processes,
    restore,
    stack,
    tokens,
    users,
)

app = typer.Typer(
    name="nahtlos",
    help="Handovers between public agencies, without a gap.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for group in (
    stack,
    processes,
    database,
    demo,
    users,
    tokens,
    pathways,
    engine,
    agencies,
    cases,
    backup,
    restore,
    doctor,
):
    group.add_to(app)
