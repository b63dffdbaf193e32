"""What the commands that read a list have in common."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.failure import Failure

if TYPE_CHECKING:
    from service.takeover.lists.faults import Fault
    from service.takeover.lists.surroundings import Surroundings
    from service.web.i18n import Translator

File = Annotated[Path, typer.Argument(help="Excel workbook (.xlsx) or CSV.", show_default=False)]
NewFile = Annotated[Path, typer.Argument(help="Where to write it, as .xlsx.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check only; nothing is written.")]

WIDTH_OF_A_FILE = 160  # characters, where the report is not written to a terminal


def translator() -> "Translator":
    """Return the language of the terminal: German where it is German, otherwise English."""
    from service.web.i18n import load_translators
    from service.web.places import TRANSLATIONS

    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return load_translators(TRANSLATIONS)["de" if (spoken or "").startswith("de") else "en"]


def content_of(file: Path, t: "Translator") -> bytes:
    """Read the file. Raises Failure for one that is not there or too large to be read."""
    from service.takeover.sheets.limits import MOST_BYTES
    from service.takeover.sheets.refusals import FileRefused

    try:
        if file.stat().st_size > MOST_BYTES:
            refused = FileRefused("too-large", limit=str(MOST_BYTES // 1_000_000))
            raise Failure(refused.sentence(t))
        return file.read_bytes()
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}.") from None


def save_template(
    file: Path, data: Path | None, template: Callable[["Translator", "Surroundings"], bytes]
) -> None:
    """Write an empty list, with what can be chosen in this Nahtlos, in the terminal's language."""
    from service.bootstrap import container_for
    from service.cli.run import run_async
    from service.stack.runfile import settings_for
    from service.takeover.repository import Takeovers
    from workflows.domain.principal import Principal

    t = translator()

    async def make() -> bytes:
        async with container_for(settings_for(data)) as container:
            async with container.database.transaction() as connection:
                here = await Takeovers(connection).surroundings(
                    Principal.system(), container.clock.now(), t.language
                )
            return template(t, here)

    file.write_bytes(run_async(make()))


def print_report(t: "Translator", faults: Sequence["Fault"]) -> None:
    """Print a table of what is wrong to standard output."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from service.takeover import report

    if not faults:
        return
    table = Table(*report.headings(t), box=box.SIMPLE_HEAD)
    for line in report.lines(t, faults):
        table.add_row(*map(Text, line))
    console = Console()
    if not console.is_terminal:
        console.width = WIDTH_OF_A_FILE
    console.print(table)


def end(faults: Sequence["Fault"]) -> None:
    """End with 1 if a row was refused."""
    if faults:
        raise typer.Exit(1)
