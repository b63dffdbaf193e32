"""The JSON Schema of pathway files: the model's own, with the legal areas that there are."""

from functools import cache
from typing import Any

from service.agencies.legal_areas import LEGAL_AREAS
from workflows.domain.pathway import Pathway

Schema = dict[str, Any]


@cache
def json_schema() -> Schema:
    """Return the schema (draft 2020-12), for editors. Do not change it."""
    schema = Pathway.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$defs"]["StepDefinition"]["properties"]["legal_area"]["enum"] = list(LEGAL_AREAS)
    return schema


def fields_at(location: tuple[int | str, ...]) -> dict[str, Schema]:
    """Return the fields that can stand at this location, by name; none if it holds none."""
    found = _resolved(json_schema())
    for part in location:
        below = (
            found.get("items") if isinstance(part, int) else found.get("properties", {}).get(part)
        )
        found = _resolved(below or {})
    fields: dict[str, Schema] = found.get("properties", {})
    return fields


def _resolved(schema: Schema) -> Schema:
    """Follow a reference, also one that may be null instead."""
    for choice in (schema, *schema.get("anyOf", ())):
        if "$ref" in choice:
            name = choice["$ref"].rsplit("/", 1)[-1]
            definition: Schema = json_schema()["$defs"][name]
            return definition
    return schema
