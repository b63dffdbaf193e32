"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None,
    typer.Option(help="Directory of the embedded stack.", show_default=".nahtlos"),
]
