"""`nahtlos cases import|template`: running cases from a list."""

from typing import TYPE_CHECKING

import typer

from service.cli.lists import (
    DryRun,
    File,
    NewFile,
    content_of,
    end,
    print_report,
    save_template,
    translator,
)
from service.cli.options import Data
from service.cli.run import run_async
from service.failure import Failure

if TYPE_CHECKING:
    from service.bootstrap import Container
    from service.takeover.checking import CheckedList
    from service.takeover.lists.faults import Fault


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="Running cases from a list.", no_args_is_help=True)
    group.command("import")(import_list)
    group.command("template")(write_template)
    app.add_typer(group, name="cases")


def import_list(file: File, dry_run: DryRun = False, data: Data = None) -> None:
    """Take running cases over from a spreadsheet, each at the station where it stands.

    Rows that are wrong are reported on standard output and left out; the others come in. A case
    whose reference came in before is left alone, so the same file can be imported again.

    Ends with 0 if every row is fine, with 1 if a row was refused or the file cannot be read.
    """
    from service.engine.engine import EngineUnavailable
    from service.takeover.sheets.refusals import FileRefused

    t = translator()
    content = content_of(file, t)
    try:
        faults = run_async(_import(content, dry_run, data))
    except FileRefused as refused:
        raise Failure(refused.sentence(t)) from None
    except EngineUnavailable:
        raise Failure(
            "The engine does not answer. What was written so far starts once it does; import the "
            "same file again for the rest."
        ) from None
    end(faults)


def write_template(file: NewFile, data: Data = None) -> None:
    """Write an empty list with headings, an example, explanations and what can be chosen."""
    from service.takeover.template import template_for_cases

    save_template(file, data, template_for_cases)


async def _import(content: bytes, dry_run: bool, data: Data) -> list["Fault"]:
    from service.bootstrap import container_for
    from service.stack.runfile import settings_for
    from service.takeover.checking import check_list
    from workflows.domain.principal import Principal

    t = translator()
    async with container_for(settings_for(data)) as container:
        found = await check_list(container, Principal.system(), content, t.language)
        faults = list(found.checked.faults)
        if not dry_run:
            faults += await _take_over(container, found)
    print_report(t, faults)
    refused = len({fault.row for fault in faults})
    word = "would be taken over" if dry_run else "taken over"
    typer.echo(
        f"{found.checked.rows} rows: {len(found.checked.cases)} cases {word}, "
        f"{found.checked.known} rows here before, {refused} rows refused"
    )
    if found.sheet.ignored:
        typer.echo(f"columns not read: {', '.join(found.sheet.ignored)}")
    return faults


async def _take_over(container: "Container", found: "CheckedList") -> list["Fault"]:
    from rich.console import Console
    from rich.progress import Progress

    from service.takeover.importing import import_cases

    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Cases", total=len(found.checked.cases))
        return await import_cases(
            container, found.checked.cases, lambda more: progress.advance(task, more)
        )
