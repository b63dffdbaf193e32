"""A pathway as text, for versions of which no text was kept."""

from typing import Any

import yaml

from workflows.domain.joins import After
from workflows.domain.pathway import LegalBasis, Pathway, StepDefinition, Texts

WIDEST = 10_000
"""Letters in a line: each text stays in one."""


class _InALine(list[Any]):
    """A list that is written in brackets."""


class _Writer(yaml.SafeDumper):
    """Indents what stands in lists, as the shipped files do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's
        super().increase_indent(flow, indentless=False)


_Writer.add_representer(
    _InALine,
    lambda writer, words: writer.represent_sequence(
        "tag:yaml.org,2002:seq", words, flow_style=True
    ),
)


def text_of(pathway: Pathway) -> str:
    """Return the pathway as a file holds it: its fields in their order, no comments."""
    data = {
        "key": pathway.key,
        "version": pathway.version,
        "title": _texts(pathway.title),
        "summary": _texts(pathway.summary),
        "steps": [_step(step) for step in pathway.steps],
    }
    written: str = yaml.dump(
        data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=WIDEST
    )
    return written


def _step(step: StepDefinition) -> dict[str, Any]:
    """Return a step with all that it says; what is as usual goes unsaid, but for its data."""
    fields = {
        "key": step.key,
        "title": _texts(step.title),
        "legal_area": step.legal_area,
        "household_role": step.household_role and str(step.household_role),
        "after": _after(step.after),
        "when": _InALine(str(fact) for fact in step.when),
        "optional": step.optional,
        "documents": [_texts(document) for document in step.documents],
        "fields": _InALine(str(one) for one in step.fields),
        "statutes": [_rule(rule) for rule in step.statutes],
        "legal_basis": [_rule(rule) for rule in step.legal_basis],
        "terms": step.terms.model_dump(mode="json", exclude_defaults=True),
        "release": str(step.release),
    }
    always = {"fields", "statutes", "release"}
    return {name: value for name, value in fields.items() if value or name in always}


def _texts(texts: Texts) -> dict[str, str]:
    return {"de": texts.de, "en": texts.en}


def _after(after: After) -> Any:
    steps = _InALine(after.steps)
    return steps if after.join == "all" else {"any": steps}


def _rule(rule: LegalBasis) -> dict[str, Any]:
    return rule.model_dump()
