"""The needs that can be ticked, read from their file once."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from workflows.domain.needs import Need

FILE = Path(__file__).parents[2] / "templates" / "needs" / "needs.yaml"

INTERPRETING = "interpreting"
"""The need that no pathway answers: it goes along with every request."""


class _Needs(BaseModel):
    model_config = ConfigDict(extra="forbid")

    needs: tuple[Need, ...]


@cache
def needs() -> tuple[Need, ...]:
    """Return every need, in the order of the file."""
    return _Needs.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8"))).needs
