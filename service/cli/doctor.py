"""`nahtlos doctor`."""

import io
import json
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.options import Data

if TYPE_CHECKING:
    from service.doctor.examine import Answer

WORDS = {"Well": "well", "Fault": "fault", "NotAsked": "not asked"}
SIGNS = {"well": ("✓", "green"), "fault": ("✗", "red"), "not asked": ("-", "bright_black")}


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(doctor)


def doctor(
    data: Data = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port that the pages shall have.")
    ] = 8000,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Look for the most likely faults and say what to do. Exit code 1: something is wrong."""
    from service.cli.run import run_async
    from service.clock import SystemClock
    from service.doctor.examine import checks_for, examine
    from service.doctor.subject import Subject

    subject = Subject.find(data, port)

    async def tell_all() -> int:
        answers = await examine(checks_for(subject, SystemClock()))
        faults = sum("do" in _row(answer) for answer in answers)
        (_tell_programs if as_json else _tell_people)(answers)
        if any(answer.gave_up for answer in answers):
            # A name server that stays silent would keep the process for as long as it likes.
            sys.stdout.flush()
            os._exit(1)
        return faults

    if run_async(tell_all()):
        raise typer.Exit(1)


def _row(answer: "Answer") -> dict[str, str]:
    """Return one answer as programs see it; ``do`` belongs to a fault only."""
    result = answer.result
    return {"check": answer.check, "state": WORDS[type(result).__name__], **vars(result)}


def _tell_programs(answers: "list[Answer]") -> None:
    json.dump([_row(answer) for answer in answers], sys.stdout, ensure_ascii=False, indent=2)
    typer.echo()


def _tell_people(answers: "list[Answer]") -> None:
    """One line for each check, and for a fault another one; the colour only repeats the word."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # the signs, where a terminal has none
    for answer in answers:
        row = _row(answer)
        sign, colour = SIGNS[row["state"]]
        typer.secho(f"{sign} {row['state']:<11}", fg=colour, nl=False)
        typer.echo(f"{row['check']:<11}{row['says']}")
        if "do" in row:
            typer.echo(f"{'':24}{row['do']}")
