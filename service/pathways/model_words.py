"""What pydantic finds wrong, said in our words: what is wrong, and what to write instead."""

import re
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from service.pathways.json_schema import fields_at
from service.pathways.sentences import Param, Sentence, one_of, plural, shown
from service.web.i18n import _

_EXPECTED = {
    "Texts": _("write a text in each language: {de: …, en: …}"),
    "Term": _("write '5 working days' or an ISO duration like 'PT4H'"),
    "Terms": _("write terms such as respond, arrive, effect or remind_before, each with a term"),
    "After": _("write a list of steps, or 'all:' or 'any:' followed by one"),
    "LegalBasis": _("write a paragraph with valid_from, valid_to and checked"),
    "StepDefinition": _("write a step: key, title, legal_area and what else it has"),
}
"""What to write where something of another shape stands, by the model that belongs there."""

_DATE = _("must be a date like 2026-01-31")
_NUMBER = _("must be a whole number like 1")
_YES_OR_NO = _("must be true or false")
_SENTENCES = {
    "string_type": _("must be a text; put it into quotation marks"),
    "string_pattern_mismatch": _(
        "must be lower-case letters, digits and hyphens, letter first, like 'school-start'"
    ),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "greater_than_equal": _("must be at least %(ge)s"),
    "less_than_equal": _("must be at most %(le)s"),
    "greater_than": _("must be more than %(gt)s"),
    "tuple_type": _("must be a list; write [one, another], or each on a line after a hyphen"),
    "too_short": _("must have at least %(min_length)s; write one more, or take it out"),
    "too_long": _("must have at most %(max_length)s; take some out"),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "no-term": _("'%(written)s' is no term: write '5 working days' or an ISO duration like 'PT4H'"),
    "term-of-two-kinds": _("a term is either working days or a duration"),
}
_OTHERWISE = _("cannot be used; look at how the other pathways say it")


def sentence_of(finding: ErrorDetails) -> Sentence:
    """Return what is wrong with a value and what belongs there."""
    kind, context = finding["type"], finding.get("ctx", {})
    match kind:
        case "missing":
            said = _missing(finding["loc"])
        case "model_type" | "model_attributes_type":
            said = Sentence(_EXPECTED[str(context["class_name"])])
        case "extra_forbidden":
            said = _unknown(finding["loc"])
        case "enum" | "literal_error":
            said = _no_such_choice(finding["input"], context["expected"])
        case "string_too_short":
            said = plural(
                "is too short; write at least 1 letter",
                "is too short; write at least %(num)s letters",
                int(context["min_length"]),
            )
        case "string_too_long":
            said = plural(
                "is too long; write at most 1 letter",
                "is too long; write at most %(num)s letters",
                int(context["max_length"]),
            )
        case _:
            params = {name: _plain(it) for name, it in context.items()}
            said = Sentence(_SENTENCES.get(kind, _OTHERWISE), params)
    return said


def _no_such_choice(written: object, expected: str) -> Sentence:
    """Name the choices, and ask whether one was meant that is much like what was written."""
    choices = re.findall(r"'([^']*)'", expected)
    params = {"choices": one_of(choices)}
    if close := get_close_matches(shown(written), choices, n=1):
        said = _("must be one of: %(choices)s; did you mean '%(meant)s'?")
        return Sentence(said, {**params, "meant": close[0]})
    return Sentence(_("must be one of: %(choices)s"), params)


def _missing(location: tuple[int | str, ...]) -> Sentence:
    name = str(location[-1])
    [example, *_rest] = fields_at(location[:-1])[name].get("examples", ["…"])
    said = _("is missing; write '%(name)s: %(example)s', with what is right here")
    return Sentence(said, {"name": name, "example": str(example)})


def _unknown(location: tuple[int | str, ...]) -> Sentence:
    if "after" in location:
        return Sentence(_EXPECTED["After"])
    known = sorted(fields_at(location[:-1]))
    if close := get_close_matches(shown(location[-1]), known, n=1):
        said = _("is not known here; did you mean '%(meant)s'? Otherwise take it out")
        return Sentence(said, {"meant": close[0]})
    said = _("is not known here; take it out. Known are %(known)s")
    return Sentence(said, {"known": ", ".join(known)})


def _plain(value: Any) -> Param:
    if isinstance(value, timedelta):
        return plural("1 day", "%(num)s days", value.days)
    return shown(value)
