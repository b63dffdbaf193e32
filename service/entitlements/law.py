"""What the law says of entitlements: the kinds and the rules, read from their files once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from workflows.domain.entitlement_kinds import EntitlementKind
from workflows.domain.legal_rules import ApplicationRule, LegalRule

FILES = Path(__file__).parents[2] / "templates" / "entitlements"


class _Kinds(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kinds: tuple[EntitlementKind, ...]


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rules: tuple[LegalRule, ...]
    applications: tuple[ApplicationRule, ...]


@cache
def kinds() -> dict[str, EntitlementKind]:
    """Return every kind by its key, in the order of the file."""
    return {kind.key: kind for kind in _Kinds.model_validate(_read("kinds.yaml")).kinds}


@cache
def legal_rules() -> tuple[LegalRule, ...]:
    """Return every version of every rule about entitlements, in the order of the file."""
    return _rules().rules


@cache
def application_rules() -> tuple[ApplicationRule, ...]:
    """Return every version of every rule about applications that wait, in the order of the file."""
    return _rules().applications


def _rules() -> _Rules:
    return _Rules.model_validate(_read("rules.yaml"))


def _read(name: str) -> Any:
    return yaml.safe_load((FILES / name).read_text(encoding="utf-8"))
