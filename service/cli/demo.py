"""`nahtlos demo` and `nahtlos reference-data`: what a new Nahtlos can begin with."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.options import Data
from service.failure import Failure

if TYPE_CHECKING:
    from service.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(demo)
    app.command()(reference_data)


def demo(
    data: Data = None,
    unless_in_use: Annotated[
        bool, typer.Option(help="Load nothing where people work already, and say nothing of it.")
    ] = False,
) -> None:
    """Fill an empty Nahtlos with a small world to try it in. A second time changes nothing."""
    from service.cli.run import run_async
    from service.installation.demo import InUse, is_this_machine
    from service.pathways.repository import VersionTaken

    settings = _settings(data)
    if not is_this_machine(settings.public_url):
        raise Failure(
            "Everybody knows the passwords of the demo: it is loaded only where people reach "
            "Nahtlos at an address of their own machine. Unset NAHTLOS_PUBLIC_URL, or enter real "
            "people with `nahtlos users add`."
        )
    try:
        run_async(_load(settings))
    except VersionTaken as taken:
        raise Failure(str(taken)) from None
    except InUse:
        if not unless_in_use:
            raise Failure(
                "People work with this Nahtlos already: the demo goes into an empty one only. "
                "Start another with `nahtlos up --data DIR`."
            ) from None
        run_async(_enter_reference_data(settings))


def reference_data(data: Data = None) -> None:
    """Enter the municipalities and the shipped pathways. A second time changes nothing."""
    from service.cli.run import run_async
    from service.pathways.repository import VersionTaken

    try:
        run_async(_enter_reference_data(_settings(data)))
    except VersionTaken as taken:
        raise Failure(str(taken)) from None


def _settings(data: Data) -> "Settings":
    """Return where everything is. `nahtlos up` runs these commands: what they say is a log."""
    from service.clock import SystemClock
    from service.logs.setup import set_up_logs
    from service.stack.runfile import settings_for

    settings = settings_for(data)
    set_up_logs(SystemClock(), settings.log_format)
    return settings


async def _load(settings: "Settings") -> None:
    from service.bootstrap import container_for
    from service.cli.bars import StepBars
    from service.startdata.load import load

    with StepBars() as bars:
        async with container_for(settings) as container:
            await load(container, bars.report)
        bars.say("The demo is there.")


async def _enter_reference_data(settings: "Settings") -> None:
    from service.bootstrap import container_for
    from service.startdata.reference import load_reference_data

    async with container_for(settings) as container:
        await load_reference_data(container)
