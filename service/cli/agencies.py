"""`nahtlos agencies import|template`: the directory from a list."""

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
    from service.takeover.lists.faults import Fault


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="The directory of agencies, from a list.", no_args_is_help=True)
    group.command("import")(import_list)
    group.command("template")(write_template)
    app.add_typer(group, name="agencies")


def import_list(file: File, dry_run: DryRun = False, data: Data = None) -> None:
    """Enter agencies from a spreadsheet, and change those that are here.

    Of an agency that is here, name, addresses and room change, and places are added. Its legal
    area stays, no place is taken away, and nobody is put off board: requests rest on these.

    Ends with 0 if every row is fine, with 1 if a row was refused or the file cannot be read.
    """
    from service.takeover.sheets.refusals import FileRefused

    t = translator()
    content = content_of(file, t)
    try:
        faults = run_async(_import(content, dry_run, data))
    except FileRefused as refused:
        raise Failure(refused.sentence(t)) from None
    end(faults)


def write_template(file: NewFile, data: Data = None) -> None:
    """Write an empty list with headings, an example, explanations and what can be chosen."""
    from service.takeover.template import template_for_agencies

    save_template(file, data, template_for_agencies)


async def _import(content: bytes, dry_run: bool, data: Data) -> list["Fault"]:
    from service.bootstrap import container_for
    from service.stack.runfile import settings_for
    from service.takeover.agencies import check_agency_list, write_agencies
    from workflows.domain.principal import Principal

    t, engine = translator(), Principal.system()
    async with container_for(settings_for(data)) as container:
        sheet, checked = await check_agency_list(container, engine, content, t.language)
        if not dry_run:
            await write_agencies(container, engine, checked)
    print_report(t, checked.faults)
    refused = len({fault.row for fault in checked.faults})
    typer.echo(
        f"{len(sheet.records)} rows: {len(checked.new)} new, {len(checked.changed)} changed, "
        f"{checked.same} unchanged, {refused} refused"
    )
    if sheet.ignored:
        typer.echo(f"columns not read: {', '.join(sheet.ignored)}")
    return checked.faults
