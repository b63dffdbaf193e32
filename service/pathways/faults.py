"""What is wrong with a pathway file, said to the person who wrote it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from service.agencies.legal_areas import LEGAL_AREAS
from workflows.domain.pathway import StepDefinition


@dataclass(frozen=True)
class Fault:
    """One fault: in which file, at which field (empty: the whole file), and what to do."""

    file: str
    field: str
    sentence: str

    def __str__(self) -> str:
        """Return it as one line."""
        return ": ".join(part for part in (self.file, self.field, self.sentence) if part)


class FaultyPathways(Exception):
    """Pathway files have faults."""

    def __init__(self, faults: list[Fault]) -> None:
        """Take them all."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


_EXPECTED = {
    "Texts": "write a text in each language: de and en",
    "Term": "write '5 working days' or an ISO duration like 'PT4H'",
    "Terms": "write terms such as respond, arrive, effect or remind_before, each with a term",
    "After": "write a list of steps, or 'all:' or 'any:' followed by one",
    "LegalBasis": "write a paragraph with valid_from, valid_to and checked",
    "StepDefinition": "write a step: key, title, legal_area and what else it has",
}
"""What to write where something of another shape stands, by the model that belongs there."""

_SENTENCES = {
    "missing": "is missing",
    "string_type": "must be a text; put it into quotation marks",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must be lower-case letters, digits and hyphens, letter first",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "greater_than": "must be more than {gt}",
    "tuple_type": "must be a list",
    "too_short": "needs at least {min_length}",
    "too_long": "has more than {max_length}",
    "enum": "must be one of: {expected}",
    "literal_error": "must be one of: {expected}",
    "date_type": "must be a date like 2026-01-31",
    "date_parsing": "must be a date like 2026-01-31",
    "date_from_datetime_parsing": "must be a date like 2026-01-31",
    "date_from_datetime_inexact": "must be a date like 2026-01-31",
}


def faults_of(error: ValidationError, data: Any, file: str) -> Iterator[Fault]:
    """Say each of pydantic's findings in our words."""
    for finding in error.errors(include_url=False):
        yield Fault(file, field_name(finding["loc"], data), _sentence(finding))


def faults_of_content(data: Any, file: str) -> Iterator[Fault]:
    """Find what fits the model and is wrong all the same, in every step that fits it."""
    for step in _whole_steps(data):
        place = f"steps > {step.key}"
        if step.legal_area not in LEGAL_AREAS:
            known = ", ".join(LEGAL_AREAS)
            yield Fault(file, f"{place} > legal_area", f"is none of ours, which are: {known}")
        for name, rules in (("statutes", step.statutes), ("legal_basis", step.legal_basis)):
            for rule in rules:
                if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
                    yield Fault(
                        file,
                        f"{place} > {name} > {rule.paragraph}",
                        "ends before it begins; check valid_from and valid_to",
                    )


def _whole_steps(data: Any) -> Iterator[StepDefinition]:
    steps = data.get("steps")
    for step in steps if isinstance(steps, list) else []:
        with suppress(ValidationError):
            yield StepDefinition.model_validate(step)


def field_name(location: tuple[int | str, ...], data: Any) -> str:
    """Return the way to a field: steps by their key, other entries of a list by their number."""
    names: list[str] = []
    for part in location:
        below = _below(data, part)
        names.append(_name(part, below, among_steps=names == ["steps"]))
        data = below
    return " > ".join(names)


def _name(part: int | str, entry: Any, *, among_steps: bool) -> str:
    if isinstance(part, str):
        return part
    if among_steps and isinstance(entry, dict) and isinstance(entry.get("key"), str):
        return str(entry["key"])
    return f"no. {part + 1}"


def _below(data: Any, part: int | str) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def _sentence(finding: ErrorDetails) -> str:
    kind, context = finding["type"], finding.get("ctx", {})
    match kind:
        case "model_type" | "model_attributes_type":
            return _EXPECTED.get(str(context.get("class_name")), "must be fields with values")
        case "extra_forbidden":
            return "is not known here; check its spelling or take it out"
        case "value_error":
            return str(context["error"])
        case _:
            sentence = _SENTENCES.get(kind)
            return sentence.format_map(context) if sentence else finding["msg"]
