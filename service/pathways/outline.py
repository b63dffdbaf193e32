"""A pathway as plain text."""

from collections.abc import Iterator

from service.agencies.legal_areas import name_of_legal_area
from workflows.domain.joins import After
from workflows.domain.pathway import LegalBasis, Pathway, StepDefinition

LANGUAGE = "en"


def outline(pathway: Pathway) -> str:
    """Return the whole definition as lines to read."""
    head = [
        f"{pathway.title.in_language(LANGUAGE)} ({pathway.key}, version {pathway.version})",
        pathway.summary.in_language(LANGUAGE),
    ]
    return "\n".join([*head, *(line for step in pathway.steps for line in _lines(step))])


def _lines(step: StepDefinition) -> Iterator[str]:
    terms = step.terms
    yield ""
    yield f"{step.title.in_language(LANGUAGE)} ({step.key})"
    yield f"  legal area   {name_of_legal_area(step.legal_area, LANGUAGE)}"
    if step.household_role:
        yield f"  is about     each {step.household_role} of the household"
    yield f"  begins       {_beginning(step.after)}"
    if step.when:
        yield f"  only if      {' and '.join(step.when)}"
    if step.optional:
        yield "  optional     it may be left out without a reason"
    yield (
        f"  terms        refer {terms.refer}, respond {terms.respond}, "
        f"arrive {terms.arrive}, effect {terms.effect}"
    )
    yield f"  released by  {step.release}"
    yield f"  passes on    {', '.join(step.fields)}"
    yield f"  permitted by {_rules(step.statutes) or 'consent only'}"
    yield f"  rests on     {_rules(step.legal_basis) or 'no rule'}"
    for document in step.documents:
        yield f"  bring        {document.in_language(LANGUAGE)}"


def _beginning(after: After) -> str:
    if not after.steps:
        return "at once"
    word = " and " if after.join == "all" else " or "
    return f"after {word.join(after.steps)}"


def _rules(rules: tuple[LegalBasis, ...]) -> str:
    return "; ".join(_rule(rule) for rule in rules)


def _rule(rule: LegalBasis) -> str:
    notes = [
        f"from {rule.valid_from}" if rule.valid_from else "",
        f"to {rule.valid_to}" if rule.valid_to else "",
        "" if rule.checked else "unchecked",
    ]
    said = ", ".join(note for note in notes if note)
    return f"{rule.paragraph} ({said})" if said else rule.paragraph
