"""`nahtlos pathways check|schema|show`."""

from pathlib import Path
from typing import Annotated

import typer

from service.failure import Failure


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="Definitions of pathways.", no_args_is_help=True)
    group.command()(check)
    group.command()(schema)
    group.command()(show)
    app.add_typer(group, name="pathways")


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Pathway files; without any, the shipped ones.")
    ] = None,
) -> None:
    """Check pathway files and name every fault with its line and what to write instead."""
    from service.pathways.faults import FaultyPathways
    from service.pathways.files import read_pathways, shipped_files

    try:
        pathways = read_pathways(files or shipped_files())
    except FaultyPathways as faulty:
        raise Failure(str(faulty)) from None
    for pathway in pathways:
        print(f"{pathway.key}, version {pathway.version}: {len(pathway.steps)} steps, no fault")


def schema() -> None:
    """Print the JSON Schema of pathway files, for editors."""
    import json

    from service.pathways.json_schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def show(key: Annotated[str, typer.Argument(help="Key of a shipped pathway.")]) -> None:
    """Show a shipped pathway: its steps in order, with terms and rules."""
    from service.pathways.files import read_pathway, shipped_files
    from service.pathways.outline import outline

    files = {file.stem: file for file in shipped_files()}
    if key not in files:
        raise Failure(f"There is no pathway '{key}': choose one of {', '.join(files)}.")
    print(outline(read_pathway(files[key])))
