"""The schema for editors is the model's own, and takes what the checker takes."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from service.agencies.legal_areas import LEGAL_AREAS
from service.cli.app import app
from service.pathways.files import SHIPPED, shipped_files
from tests.pathways.broken import DEADLINES, MODEL
from tests.pathways.definitions import GOOD
from workflows.domain.pathway import Pathway

SCHEMA: Any = json.loads(CliRunner().invoke(app, ["pathways", "schema"]).stdout)
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)

BEYOND_A_SCHEMA = {
    "key that is not the file's name",
    "reminder that never comes",
    "everyone before the supervisor",
    "term of years",
    "duration of years",
    "duration of nothing",
}
"""What only the checker knows."""


class _AsEditorsRead(yaml.SafeLoader):
    """Leaves days as texts, as JSON has them."""


_AsEditorsRead.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str | bytes) -> Any:
    return yaml.load(text, Loader=_AsEditorsRead)  # noqa: S506 - derived from the safe loader


def test_it_is_the_models_own_with_our_legal_areas() -> None:
    own = Pathway.model_json_schema()
    areas = SCHEMA["$defs"]["StepDefinition"]["properties"]["legal_area"].pop("enum")
    assert areas == list(LEGAL_AREAS)
    assert {**own, "$schema": SCHEMA["$schema"]} == SCHEMA
    SCHEMA["$defs"]["StepDefinition"]["properties"]["legal_area"]["enum"] = areas
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_beside_the_shipped_files_is_this_one_and_they_name_it() -> None:
    beside = SHIPPED / "pathway.schema.json"
    assert json.loads(beside.read_text(encoding="utf-8")) == SCHEMA
    for file in shipped_files():
        first, *_ = file.read_text(encoding="utf-8").splitlines()
        assert first == f"# yaml-language-server: $schema={beside.name}"


@pytest.mark.parametrize("file", shipped_files(), ids=lambda file: file.stem)
def test_every_shipped_file_fits(file: Path) -> None:
    assert list(VALIDATOR.iter_errors(read(file.read_text(encoding="utf-8")))) == []


def test_a_good_file_fits() -> None:
    assert list(VALIDATOR.iter_errors(read(GOOD))) == []


@pytest.mark.parametrize("name", sorted((MODEL | DEADLINES).keys() - BEYOND_A_SCHEMA))
def test_what_the_checker_refuses_an_editor_underlines(name: str) -> None:
    assert not VALIDATOR.is_valid(read((MODEL | DEADLINES)[name].content))


def test_every_field_is_explained() -> None:
    for name in ("Pathway", "StepDefinition", "LegalBasis"):
        model = SCHEMA if name == "Pathway" else SCHEMA["$defs"][name]
        for field, described in model["properties"].items():
            assert described.get("description"), f"{name}.{field}"
