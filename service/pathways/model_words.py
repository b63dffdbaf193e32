"""What pydantic finds wrong, said in our words: what is wrong, and what to write instead."""

import re
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from service.pathways.json_schema import fields_at
from service.pathways.yaml_words import shown

_EXPECTED = {
    "Texts": "write a text in each language: {de: …, en: …}",
    "Term": "write '5 working days' or an ISO duration like 'PT4H'",
    "Terms": "write terms such as respond, arrive, effect or remind_before, each with a term",
    "After": "write a list of steps, or 'all:' or 'any:' followed by one",
    "LegalBasis": "write a paragraph with valid_from, valid_to and checked",
    "StepDefinition": "write a step: key, title, legal_area and what else it has",
}
"""What to write where something of another shape stands, by the model that belongs there."""

_DATE = "must be a date like 2026-01-31"
_NUMBER = "must be a whole number like 1"
_YES_OR_NO = "must be true or false"
_SENTENCES = {
    "string_type": "must be a text; put it into quotation marks",
    "string_too_short": "is too short; write at least {min_length} letters",
    "string_too_long": "is too long; write at most {max_length} letters",
    "string_pattern_mismatch": (
        "must be lower-case letters, digits and hyphens, letter first, like 'school-start'"
    ),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "greater_than": "must be more than {gt}",
    "tuple_type": "must be a list; write [one, another], or each on a line after a hyphen",
    "too_short": "must have at least {min_length}; write one more, or take it out",
    "too_long": "must have at most {max_length}; take some out",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
}


def sentence_of(finding: ErrorDetails) -> str:
    """Return what is wrong with a value and what belongs there."""
    kind, context = finding["type"], finding.get("ctx", {})
    match kind:
        case "missing":
            said = _missing(finding["loc"])
        case "model_type" | "model_attributes_type":
            said = _EXPECTED[str(context["class_name"])]
        case "extra_forbidden":
            said = _unknown(finding["loc"])
        case "value_error":
            said = str(context["error"])
        case "enum" | "literal_error":
            named = re.findall(r"'([^']*)'", context["expected"])
            said = f"must be one of: {context['expected']}{_meant(finding['input'], named)}"
        case _ if kind in _SENTENCES:
            said = _SENTENCES[kind].format_map({name: _plain(it) for name, it in context.items()})
        case _:
            said = finding["msg"]
    return said


def _meant(written: object, known: list[str]) -> str:
    """Return the question whether one of the known words was meant, if one is much like it."""
    close = get_close_matches(shown(written), known, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _missing(location: tuple[int | str, ...]) -> str:
    name = str(location[-1])
    [example, *_] = fields_at(location[:-1])[name].get("examples", ["…"])
    return f"is missing; write '{name}: {example}', with what is right here"


def _unknown(location: tuple[int | str, ...]) -> str:
    if "after" in location:
        return _EXPECTED["After"]
    known = sorted(fields_at(location[:-1]))
    if close := _meant(location[-1], known):
        return f"is not known here{close} Otherwise take it out"
    return f"is not known here; take it out. Known are {', '.join(known)}"


def _plain(value: Any) -> str:
    return f"{value.days} days" if isinstance(value, timedelta) else shown(value)
